# What pages say, in English: written first, translated from here.
# Sentences have at most 20 words (a test counts them).
# Where a message has both, $n chooses the form and $count is shown.

language-name = English

# Numbers, money, time. Numbers of fewer digits than number-group-from stay together.
number-group = ,
number-group-from = 4
number-decimal = .
money = { $kind ->
    [sign] { $currency }{ $amount }
   *[code] { $currency }{"\u00A0"}{ $amount }
}
date-time = { $day } { $month } { $year }, { $time } UTC
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
in-minutes = { $n ->
    [one] in { $count } minute
   *[other] in { $count } minutes
}
in-hours = { $n ->
    [one] in { $count } hour
   *[other] in { $count } hours
}
in-days = { $n ->
    [one] in { $count } day
   *[other] in { $count } days
}

# Around every page
skip = Skip to main content
nav-pages = Pages
nav-languages = Languages
nav-about = About these pages
nav-polls = Polls
nav-how = How it works
nav-accessibility = Accessibility
nav-privacy = Privacy
footer-note = These pages set no cookies and keep no record of who reads them.

# List of polls
polls-title = Polls
polls-lead = Choose a poll to see its projects. Once the votes are counted, you find the result there too.
polls-unnamed = A poll that could not be read yet
polls-read-from = Public record:

# How a poll stands
phase-setup = In preparation
phase-open = Voting is open
phase-paused = Voting is interrupted
phase-closed = Voting has ended
phase-tallied = Being counted
phase-decided = Result is known
standing-checking = The public record is being checked
standing-checking-so-far = The public record is being checked: { $count } of { $of } entries
standing-out-of-reach = The public record is out of reach
standing-distrusted = The public record does not pass its checks

# Facts
facts-opening = Voting opens
facts-closing = Voting ends
facts-closed = Planned end of voting
facts-projects = On the ballot
facts-ballots = Ballots that count
facts-place = Place
facts-record = Public record
facts-id = Poll number
facts-entries = Entries in the public record
turnout = of { $roll } people on the roll

# A poll
projects-count = { $n ->
    [one] { $count } project
   *[other] { $count } projects
}
poll-how-to-vote = The letter you received says how to vote.
results-link = See the results
stale-title = The public record is out of reach
stale-lead = The projects below are sealed and cannot change. How the poll stands now is not shown until the record answers again.
projects-title = Projects
filter-title = Search and sort projects
filter-search = Search
filter-group = Category
filter-all = All categories
filter-order = Order
filter-apply = Show
filter-reset = Show all projects
projects-found = { $n ->
    [0] No project matches.
    [one] { $count } project.
   *[other] { $count } projects.
}
order-shuffled = Shuffled
order-cost = Lowest cost first
order-name = By name
order-note = The order is shuffled for every visitor, so that no project is always first. This order has the number
budget = The budget is
project-more = More about
kind-choose-one = You choose one project.
kind-approval = { $n ->
    [one] You choose { $count } project.
   *[other] You choose up to { $count } projects.
}
kind-knapsack = You choose projects that cost up to { $amount } together.
kind-points = { $n ->
    [one] You give { $count } point.
   *[other] You share out up to { $count } points.
}
kind-scores = { $n ->
    [one] You give each project up to { $count } point.
   *[other] You give each project up to { $count } points.
}
kind-ranking = { $n ->
    [one] You name your first choice.
   *[other] You put up to { $count } projects in order, best first.
}
identity-title = About this poll
identity-lead = Compare these with your letter, or with the notice of the office.

# Results
results-title = Results
results-back = Back to the projects
results-totals = Votes by project
results-too-early = There is no result before voting has ended. Voting ends
ballots-counted = { $n ->
    [one] { $count } ballot counts.
   *[other] { $count } ballots count.
}
result-spent = The funded projects cost { $amount } of { $budget }.
result-not-yet = The sums are not opened yet, or not proven. Nothing is shown before it is proven.
result-too-few = { $n ->
    [one] The sum stays sealed: fewer than { $count } ballot counts here.
   *[other] The sum stays sealed: fewer than { $count } ballots count here. It could tell how single people voted.
}
result-winners-open = These sums alone do not decide which projects win.
result-funded = Funded
column-project = Project
column-votes = Votes
column-points = Points
column-cost = Cost
checks-title = Why you can believe these numbers
checks-lead = This server has recounted the whole public record itself. It shows only what the record proves.
checks-held = { $count } of { $of } checks held.
checks-to-come = { $n ->
    [one] { $count } check waits for something still to come.
   *[other] { $count } checks wait for something still to come.
}
checks-details = All checks
checks-yourself = Check it yourself
checks-yourself-lead = You need not trust this server. Anybody can recount the public record with this command:
chapter-define = Rules
chapter-ceremony = Keys
chapter-roll = Roll of voters
chapter-ballots = Ballots
chapter-ledger = Public record
chapter-tally = Adding up
chapter-decrypt = Opening the sums
chapter-outcome = Winners

# How it works
how-title = How it works
how-lead = Your vote stays secret, and everybody can check the count. Here is how both are possible.
how-envelope-title = Your choices go into a sealed envelope
how-envelope = Your own device seals your choices before it sends them. The sealed ballot shows nobody what is inside.
how-list-title = Every envelope is on a public list
how-list = The list is the public record. Independent witnesses watch it, so that no envelope can disappear unseen.
how-name-title = Your name is not on the envelope
how-name = The office checks that you may vote, and gives you a voting pass. The pass is made so that the office cannot recognise it later.
how-sums-title = Only sums are opened
how-sums = Sealed ballots can be added up without opening them. Several trustees must act together to open a sum. Single ballots are never opened.
how-recount-title = Anyone can recount
how-recount = Every ballot carries a proof that it keeps the rules. Anybody can check all proofs and add up all ballots.
how-site-title = What these pages check
how-site = This server recounts the public record before it shows anything. If something does not fit, the page says so and shows no numbers.
how-order-title = Which project stands first
how-order = Every visitor sees the projects in another order. The number in the page’s address decides it, by a published rule.
how-limits-title = What this cannot do
how-limits = It cannot protect a device that is infected. It cannot stop somebody from watching over your shoulder.

# Accessibility
accessibility-title = Accessibility
accessibility-lead = Everybody should be able to use these pages. We aim to meet WCAG 2.2, level AA.
accessibility-can-title = What you can do
accessibility-can-keyboard = Use every part with the keyboard alone, and always see where you are.
accessibility-can-reader = Use a screen reader: every page has headings, landmarks and named controls.
accessibility-can-zoom = Enlarge the text to 400 percent, without scrolling sideways.
accessibility-can-colours = Choose light, dark or your own colours. Nothing is told by colour alone.
accessibility-can-script = Read every page without JavaScript.
accessibility-limits-title = What does not work yet
accessibility-limits = The office writes the texts of the projects and describes their pictures. Some may lack a translation or a description.
accessibility-tested-title = How we test
accessibility-tested = Programs test every page in every language. Nobody outside the project has tested them yet.
accessibility-report-title = Tell us about a problem
accessibility-report = Write to the office that sent your letter, and name the page.
accessibility-other-way = If you cannot use these pages, the office tells you another way to vote.

# Privacy
privacy-title = Privacy
privacy-lead = You can read these pages without leaving a trace here.
privacy-reading-title = What is kept about readers
privacy-reading = Nothing. There are no cookies, no statistics and no parts from other servers. Requests are not written down.
privacy-address-title = What stands in the address
privacy-address = The page’s address holds your language, your search and the number of your order. They are not stored.
privacy-record-title = What the public record contains
privacy-record = It contains sealed ballots without names, and sums. Nobody can read a single ballot from it.
privacy-roll-title = Who knows who voted
privacy-roll = The office knows who got a voting pass. It cannot tell which ballot was cast with it.
privacy-others-title = What others may see
privacy-others = Your internet provider can see that you visit this site. Other servers of the office have their own notice.

# The booth
booth-title = Vote
booth-reading-title = One moment
booth-reading = Your device checks the public record of this poll. It sends nothing yet.
booth-read-title = The public record holds
booth-read = Your device has checked the public record of this poll.
booth-failed-title = You cannot vote here now
booth-failed = Nothing was sent and nothing is lost. Your device says in English what is wrong:
booth-needs-title = What you need to vote
booth-needs-script = To vote on this page, your browser needs JavaScript and WebAssembly. With them your own device seals your vote.
booth-none = This site has no booth for this poll.
booth-needs-command = You can also vote without a browser. This program does the same on a computer:
booth-needs-other = Your letter says which other ways to vote there are.

# When something is wrong
failure-back = To the list of polls
failure-back-to-poll = To the poll
failure-not-found = This page does not exist
failure-not-found-lead = There is no page at this address.
failure-not-found-next = Check the address in your letter. You can also start from the list of polls.
failure-method = This address can only be read
failure-method-lead = Your browser wanted to send something here. Nothing was taken.
failure-method-next = Start again from the list of polls.
failure-query = This search cannot be read
failure-query-lead = The part of the address behind the question mark is damaged.
failure-query-next = Start the search again on the page of the poll.
failure-checking = The public record is being checked
failure-checking-lead = This server has not finished recounting the public record. Until then it shows nothing.
failure-checking-next = Load this page again in a minute.
failure-out-of-reach = The public record is out of reach
failure-out-of-reach-lead = This server cannot read the public record at the moment. It shows no older numbers instead.
failure-out-of-reach-next = Load this page again in a minute. Votes that were cast are not affected.
failure-distrusted = The public record does not pass its checks
failure-distrusted-lead = Something in the public record is wrong, so nothing of it is shown here.
failure-distrusted-next = The fault is not yours. Please report to the office what you see here:
failure-internal = This page could not be made
failure-internal-lead = There is a fault in the program that makes these pages.
failure-internal-next = Load this page again in a minute. Please report it if it happens again.
