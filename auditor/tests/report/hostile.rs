//! A ledger whose texts want to be more than texts. No text of it reaches a
//! page, a terminal or a document as anything but text.

use auditor::report::{ProjectNames, page, page_without_verdict};
use auditor::{Proven, Standing, Verdict, Witnesses};

use crate::html::elements;
use crate::kit::{People, Story, golden};
use crate::record::{folder, in_folder, occasion, run, text};

const HOSTILE: [&str; 8] = [
    "</title></h1><script>alert(1)</script>",
    "\" onmouseover=\"alert(1)\" x=\"",
    "' onfocus='alert(1)",
    "<img src=https://evil.example/pixel>",
    "</style><style>*{display:none}</style>",
    "held \u{202e}nekorb\u{202c} \u{2066}\u{200b}",
    "{{ 7*7 }} {% include \"/etc/passwd\" %} &lt;b&gt;",
    "--> ]]> \\u003cscript\\u003e",
];

/// The golden verdict with a hostile text wherever a ledger can put one.
fn verdict(hostile: &str) -> (Verdict, ProjectNames) {
    let mut verdict = golden().audit();
    let manifest = verdict.manifest.as_mut().unwrap();
    for contest in &mut manifest.contests {
        contest.id = hostile.into();
        contest.currency = hostile.into();
        contest
            .projects
            .iter_mut()
            .for_each(|project| project.id = hostile.into());
    }
    let figures = verdict.figures.as_mut().unwrap();
    (figures.title, figures.origin) = (hostile.into(), hostile.into());
    figures
        .turnout
        .iter_mut()
        .for_each(|style| style.style = hostile.into());
    figures.witnesses = Witnesses::Sealed {
        quorum: false,
        cosigned: vec![hostile.into()],
        not_cosigned: vec![hostile.into()],
    };
    for contest in &mut verdict.results {
        contest.contest = hostile.into();
        if let Proven::Totals {
            projects,
            winners_reason,
            ..
        } = &mut contest.standing
        {
            projects
                .iter_mut()
                .for_each(|project| project.project = hostile.into());
            *winners_reason = Some(hostile.into());
        }
    }
    for (claim, standing) in verdict.claims.iter_mut().zip([
        Standing::held(hostile),
        Standing::missing(hostile),
        Standing::to_come(hostile),
    ]) {
        claim.standing = standing;
    }
    let mut broken = crate::kit::audit(&[b"no manifest".to_vec()], &[])
        .claims
        .swap_remove(0);
    if let Standing::Broken { findings } = &mut broken.standing {
        for finding in &mut findings.listed {
            (finding.field, finding.expected, finding.found) =
                (hostile.into(), hostile.into(), hostile.into());
        }
    }
    verdict.claims[3].standing = broken.standing;
    let names = format!(
        r#"{{"projects":{{{0}:{{"name":{0}}}}}}}"#,
        serde_json::to_string(hostile).unwrap()
    );
    (verdict, ProjectNames::read(names.as_bytes()))
}

fn harmless(page: &str) {
    // The reader of these tests refuses every element and attribute that is not the page's own.
    for element in elements(page) {
        for (name, value) in &element.attributes {
            assert!(!name.starts_with("on") && name != "src", "{element:?}");
            assert!(name != "href" || value.starts_with('#'), "{element:?}");
        }
    }
    assert_eq!(page.matches("<style>").count(), 1);
    for steering in ['\u{202e}', '\u{202c}', '\u{2066}', '\u{200b}'] {
        assert!(!page.contains(steering));
    }
}

#[test]
fn h2_hostile_texts_stay_texts_on_the_page() {
    let clean = elements(&page(&golden().audit(), &occasion(), &ProjectNames::default()).unwrap());
    for hostile in HOSTILE {
        let (verdict, names) = verdict(hostile);
        let mut occasion = occasion();
        occasion.source = hostile.into();
        let page = page(&verdict, &occasion, &names).unwrap();
        harmless(&page);
        let all = elements(&page);
        let title =
            |all: &[crate::html::Element]| all.iter().filter(|element| element.name == "title").count();
        assert_eq!(title(&all), title(&clean));
        let shown: String = hostile.chars().take(12).take_while(char::is_ascii).collect();
        assert!(
            all.iter()
                .any(|element| element.name == "bdi" && element.text.contains(&shown)),
            "{hostile}"
        );
        harmless(&page_without_verdict(hostile, &occasion).unwrap());
    }
}

#[test]
fn h2_a_hostile_manifest_steers_neither_page_nor_terminal() {
    let people = People::with(|manifest| {
        manifest.title = "<script>alert(1)</script>\u{202e}".into();
        manifest.styles[0].name = "\"><b>north".into();
        manifest.trustees.members[0].name = "<i>Dora</i>".into();
    });
    let record = folder(&Story::begin(people));
    let report = in_folder(&record, "report.html");
    let words = ["verify", text(record.path()), "--report", text(&report)];
    let (printed, _) = run(2, &words);
    assert!(printed.contains("<script>alert(1)</script>\u{fffd}"), "{printed}");
    assert!(!printed.contains('\u{202e}'));
    harmless(&std::fs::read_to_string(report).unwrap());
}
