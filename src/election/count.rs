//! Combine the shares and publish the result.

use anyhow::{Result, bail};
use ceremony::publish::{Published, entry, result};
use ceremony::trustee::hand_in;

use super::people::People;

/// Publishes the contest's result, if there is one to publish.
pub(crate) fn publish(people: &People) -> Result<()> {
    match result(&people.record()?, 0)?.0 {
        Published::Result(result) => Ok(hand_in(&people.board(), &people.id, &entry(result))?),
        Published::AlreadyThere | Published::SmallGroup => Ok(()),
        Published::Waiting(why) => bail!("no result: {why}"),
    }
}
