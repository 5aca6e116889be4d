//! What every claim means, for people who have never seen the specification:
//! what was checked, why it matters, and what it means if the claim is broken.

use crate::claims;

/// A claim in plain words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Explanation {
    /// Its number in the story, from 1.
    pub number: u32,
    /// Its short name.
    pub id: &'static str,
    /// The claim in a sentence.
    pub title: &'static str,
    /// Where the specification says how it is checked.
    pub clause: &'static str,
    /// What the auditor does.
    pub checked: &'static str,
    /// Why anybody should care.
    pub matters: &'static str,
    /// What follows if the claim is broken.
    pub broken: &'static str,
}

/// Explains a claim, by its short name or its number.
pub fn explanation(claim: &str) -> Option<Explanation> {
    let number = claim.parse().ok();
    explanations().find(|one| one.id == claim || Some(one.number) == number)
}

/// Explains all claims, in the order of the story.
pub fn explanations() -> impl Iterator<Item = Explanation> {
    let numbered = (1..).zip(claims::about_all());
    numbered.map(|(number, about)| {
        let words = WORDS.iter().find(|words| words.0 == about.id);
        let (_, checked, matters, broken) = words.copied().unwrap_or_default();
        Explanation {
            number,
            id: about.id,
            title: about.title,
            clause: about.clause,
            checked,
            matters,
            broken,
        }
    })
}

/// By claim: what is checked, why it matters, what it means if it is broken.
const WORDS: [(&str, &str, &str, &str); 18] = [
    (
        "manifest",
        "The first entry of the record holds the rules: the questions, the projects and their costs, the budget, who may \
         sign what, and by which rule projects win. The auditor checked that these rules do not contradict themselves, and \
         that enough officers signed exactly them.",
        "Everything else is judged by these rules. Whoever could exchange them afterwards could make any result look right.",
        "There are no rules to judge the rest by. Rely on nothing in this record, and ask the officers for the rules they signed.",
    ),
    (
        "content",
        "Texts, translations and pictures lie beside the record; the rules hold a fingerprint of each. The auditor compared \
         every file with its fingerprint.",
        "Voters decide by what they read. If texts were exchanged, some people voted on something else.",
        "This copy shows other texts than the sealed ones. Compare with another copy: if that one is right, only this copy is bad.",
    ),
    (
        "joint-key",
        "Ballots are locked with one key, which several trustees made together without any of them ever holding all of it. \
         The auditor checked every step of that: nobody could choose their part after seeing the others', and all trustees \
         signed for the same key.",
        "If one person had made the key alone, that person could read every ballot.",
        "A step in the making of the key was wrong. The finding names the trustee; the key must not be trusted until it is explained.",
    ),
    (
        "rehearsal",
        "Before voting began, the trustees opened a test point that everybody could compute, each with a proof. The auditor \
         checked the proofs, and that more trustees took part than are needed to open the result.",
        "Real elections were lost because a key could not be read on the day of the count. A rehearsal finds that out in time.",
        "Voting was opened before enough trustees had shown that their keys work. The result may be impossible to open, \
         but no vote is falsified by this.",
    ),
    (
        "issuers",
        "The offices that hand out voting passes published, before voting began, their keys and the list of voters, each \
         voter as a code that only that voter can recognise. The auditor checked that keys and lists were complete, and that \
         all offices count the same number of voters.",
        "A list that can still grow during the vote can grow by people who do not exist. A key per voter could tell voters apart.",
        "Lists or keys were not fixed in time. Whoever is named could have added voters, or marked them.",
    ),
    (
        "ballots",
        "A ballot is sealed, but it carries a mathematical proof that what is inside keeps the rules: no project twice, no \
         more points or money than allowed. The auditor checked every proof of every ballot.",
        "Without the proof a single sealed ballot could hold a thousand votes, or minus a thousand, and nobody would see it.",
        "Ballots that prove nothing stand in the record. They are not counted by this audit; the ballot box must explain \
         why it took them.",
    ),
    (
        "tokens",
        "A ballot bears one voting pass of every issuing office: a signature that the office gave without seeing for which \
         ballot. The auditor checked every one of them, with another program library than the offices use.",
        "Passes keep out everybody who is not on the list of voters, and they do so without telling who cast which ballot.",
        "Ballots without a valid pass stand in the record. They are not counted by this audit; the ballot box must explain \
         why it took them.",
    ),
    (
        "sequence",
        "Where the rules allow voting again, a later ballot replaces the earlier one of the same pass. The auditor checked \
         that every replacement is really newer, is of the same district, and stands only where voting again is allowed.",
        "Otherwise somebody could put a voter's old ballot back in place of the new one.",
        "A ballot was replaced by one that must not replace it. This audit counts the one that the voter cast last.",
    ),
    (
        "order",
        "An election has an order: rules, keys, lists, opening, ballots, closing, sums, result. The auditor checked that every \
         entry stands where it may stand, and is signed by the one whose step it is.",
        "Steps out of order hide tricks: a ballot before the opening, a key after it, a closing that nobody signed.",
        "At least one entry does not belong where it is. The findings say which, and what it breaks.",
    ),
    (
        "checkpoint",
        "The ballot box signs a short summary of the whole record, its head: how many entries, and a fingerprint of all of \
         them. The auditor computed the fingerprint again from every entry, and checked the signature, and those of the \
         witnesses: independent people who confirm that they saw the very same record.",
        "A ballot box that shows one record to you and another to somebody else would have to sign two heads. Witnesses make \
         sure that it cannot.",
        "What was read is not what the ballot box signed, or too few witnesses saw it. Others may be shown another record: \
         compare the head with theirs.",
    ),
    (
        "batches",
        "Ballots enter the record in groups, sorted so that the order in which they arrived is lost. The auditor checked \
         that the groups are sorted and complete.",
        "Who sees at what time somebody votes could otherwise find that person's ballot by its place in the record.",
        "The order in time may show. The result is not changed by this; the secrecy of some ballots may be.",
    ),
    (
        "after-close",
        "After the officers' signed closing only reports, sums and results may follow. The auditor checked that nothing else does.",
        "Ballots that are slipped in after the close, when trends may be known, must not count.",
        "Something was added after the close. This audit does not count it; the ballot box must explain it.",
    ),
    (
        "eligibility",
        "For every district and issuing office the auditor compared three numbers: ballots counted, passes handed out, voters \
         on the list. None may be larger than the next, and every pass handed out belongs to one line of the list.",
        "This is how invented voters show: there would be more ballots than passes, or more passes than voters.",
        "There are ballots or passes that no voter stands behind. The result must not be relied on.",
    ),
    (
        "counted",
        "The auditor decided by itself which ballots count: of every voting pass the last valid ballot, once. Then it compared \
         the number with the published one.",
        "Leaving out ballots, or counting some twice, is the oldest way to change a result.",
        "The published count is not the count of the ballots in the record.",
    ),
    (
        "sums",
        "Sealed ballots can be added up without opening any of them. The auditor added up all of them again and compared \
         the sealed sums, number by number.",
        "Only sums are opened, never a ballot. If the sums were others, the result would be that of other ballots.",
        "The published sealed sums are not those of the ballots. Trustees must not open them.",
    ),
    (
        "shares",
        "To open the sums, each trustee publishes a part, with a proof that it is made with the right key from the right sums. \
         The auditor checked every proof, against the sums that it had added up itself, and that enough trustees took part.",
        "Without proofs a trustee could make the sums open to any numbers.",
        "A trustee's part is wrong; the finding names the trustee. If enough other parts are right, the result still stands.",
    ),
    (
        "plaintexts",
        "The auditor put the trustees' parts together itself, and compared what is in the sums with the published totals.",
        "This is the step from sealed sums to the numbers in the newspaper.",
        "Published totals are not what the sums contain. They are not shown in this report.",
    ),
    (
        "winners",
        "The rule by which projects win, and what decides between equals, was sealed before voting. The auditor applied it to \
         the totals and compared the winners.",
        "With the same votes another rule gives other winners. So the rule has to stand first.",
        "The published winners do not follow from the totals by the sealed rule. This report shows those that do.",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_claim_is_explained_at_its_place_in_the_story() {
        let all: Vec<_> = explanations().collect();
        assert_eq!(all.len(), WORDS.len());
        for (one, words) in all.iter().zip(WORDS) {
            assert_eq!(one.id, words.0, "the same order as the claims");
            assert!(
                one.checked.len() > 80 && one.matters.len() > 40 && one.broken.len() > 40,
                "{}",
                one.id
            );
            assert_eq!(one.clause, format!("specs/10-audit.md §3.{}", one.number));
        }
    }

    #[test]
    fn a_claim_is_found_by_name_and_by_number() {
        assert_eq!(explanation("sums"), explanation("15"));
        assert_eq!(explanation("sums").map(|one| one.number), Some(15));
        for unknown in ["0", "19", "Sums", "", "-1"] {
            assert_eq!(explanation(unknown), None);
        }
    }
}
