//! The form of a ballot: what is seen before anything of it is decoded
//! (specs/05-ballot.md §6.1).

use crate::ballot::{BallotContext, CELL_LENGTH, InvalidBallot};
use crate::entry::BallotEntry;

/// The style, and the number and length of everything.
pub(crate) fn check_form(context: &BallotContext, ballot: &BallotEntry) -> Result<(), InvalidBallot> {
    if ballot.style != context.style {
        return Err(InvalidBallot::Style {
            expected: context.style,
            found: ballot.style,
        });
    }
    check_tokens(context, ballot)?;
    let (expected, found) = (context.statement.maxima().len() * CELL_LENGTH, ballot.cells.len());
    if found != expected {
        return Err(InvalidBallot::CellsLength { expected, found });
    }
    let (expected, found) = (context.range_proof_length(), ballot.range_proof.len());
    if found != expected {
        return Err(InvalidBallot::RangeProofLength { expected, found });
    }
    Ok(())
}

/// The number and length of tokens, without looking into them.
fn check_tokens(context: &BallotContext, ballot: &BallotEntry) -> Result<(), InvalidBallot> {
    if ballot.tokens.len() != context.issuers {
        return Err(InvalidBallot::TokenCount {
            expected: context.issuers,
            found: ballot.tokens.len(),
        });
    }
    match ballot
        .tokens
        .iter()
        .position(|token| token.len() != context.token_length)
    {
        Some(issuer) => Err(InvalidBallot::TokenLength {
            issuer,
            expected: context.token_length,
            found: ballot.tokens[issuer].len(),
        }),
        None => Ok(()),
    }
}
