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
privacy-booth-title = What voting here keeps on your device
privacy-booth = Your voting pass and your receipt stay in this browser until you remove them. Your choice is not kept. No server gets it unsealed.
privacy-record-title = What the public record contains
privacy-record = It contains sealed ballots without names, and sums. Nobody can read a single ballot from it.
privacy-roll-title = Who knows who voted
privacy-roll = The office knows who got a voting pass. It cannot tell which ballot was cast with it.
privacy-others-title = What others may see
privacy-others = Your internet provider can see that you visit this site. Other servers of the office have their own notice.

# The booth
booth-title = Vote
booth-link = Vote here
booth-reading-title = One moment
booth-reading = Your device checks the public record of this poll. It sends nothing yet.
booth-failed-title = You cannot vote here now
booth-failed = This page stops here. What your device has kept stays as it was. It says in English what is wrong:
booth-needs-title = What you need to vote
booth-needs-script = To vote on this page, your browser needs JavaScript and WebAssembly. With them your own device seals your vote.
booth-none = This site has no booth for this poll.
booth-needs-command = You can also vote without a browser. This program does the same on a computer:
booth-needs-other = Your letter says which other ways to vote there are.
booth-elsewhere-title = This vote is open elsewhere
booth-elsewhere = Another tab or window of this browser has this vote open. Only one at a time can go on.
booth-here = Go on here

# How a vote stands
booth-not-cast = Not cast yet.
booth-not-cast-again = Your new vote is not cast yet.
booth-not-cast-waits = Not cast yet: your ballot waits until { $time }.
booth-handed-in = Your vote is handed in, and not yet confirmed by the witnesses.
booth-cast = Your ballot is in the box

# Step 1
booth-pass-title = Step 1 of 4: Your voting pass
booth-pass = Type the code from your letter. With it your device gets a voting pass that does not tell who you are.
booth-pass-asked = Your device has asked for a pass already, and has no answer yet. Type the same code again to go on.
booth-style = The ballot that your letter names
booth-code = Code from your letter
booth-pass-keep = The pass stays on this device, and nobody can replace it. You can save it as a file afterwards.
booth-pass-get = Get my voting pass
booth-passing = Your device gets your voting pass and checks it.
booth-code-mistyped = This is not a code from a letter. Compare every letter and digit.
booth-code-unknown = This code is not known here. Compare it with your letter.
booth-code-style = This code is for another ballot. Choose the ballot that your letter names.
booth-code-used = A voting pass was given out for this code before. Vote on the device that has it, or use the saved file. If it was not you, report it.
booth-code-closed = Voting has ended. No more voting passes are given out.
booth-code-early = Voting passes are not given out yet. Come back later, with the same code.
booth-code-refused = You get no voting pass. The office says in English why:
booth-issuer-silent = The office does not answer. Nothing is lost. Try again with the same code.
booth-issuer-keys = The office shows other keys than the public record. Your device asked for nothing. Please report it.
booth-issuer-false = The answer of the office is not a valid voting pass. Nothing is lost. Please report it, and try again later.
booth-file-title = I have a file with my voting pass
booth-file = The file
booth-secret = Password of the file
booth-file-use = Go on with this file
booth-file-none = Choose the file first.
booth-file-wrong = This file does not open. The password is another, or the file is of another poll.
booth-looking = Your device reads the whole public record, to see what was cast with this pass.
booth-look-wrong = The public record and your voting pass do not fit. Please report what your device says in English:

# Step 2
booth-choose-title = Step 2 of 4: Choose
booth-choose = Nothing leaves your device while you choose. You may leave everything empty: that is a blank ballot.
booth-wait-before = Once you cast, your ballot waits on this device until { $time }. So nobody can tell by the times which letter it belongs to.
booth-pick = I choose
booth-none-of-them = None of them
booth-less = One point less
booth-more = One point more
booth-rank = Add to my order
booth-ranking = My order, best first
booth-ranking-how = Drag a project by its dots, or press its buttons.
booth-ranking-empty = No project yet. Add projects from the list below.
booth-up = Up
booth-down = Down
booth-unrank = Remove
booth-meter-count = Chosen: { $used } of { $most }
booth-meter-ranked = In order: { $used } of { $most }
booth-meter-cost = Cost: { $used } of { $most }
booth-meter-points = Points: { $used } of { $most }
booth-meter-group = { $whose }: { $used } of { $most }
booth-over = Too much: take something out, so that it is { $most } at most.
booth-under = Not enough: it must be { $least } at least.
booth-wrong-points = Points are whole numbers from { $least } to { $most }.
booth-note-full = You have chosen { $most } already. Take one out to choose this.
booth-note-cost = Does not fit: { $left } are left.
booth-found = Shown: { $count }
booth-line-points = points: { $points }
booth-blank = Nothing is chosen here: a blank answer.
booth-to-review = Go on to the review

# Step 3
booth-review-title = Step 3 of 4: Review
booth-review = This is your ballot. Nothing has left your device.
booth-change = Change something
booth-seal = Seal my ballot
booth-sealing = Your device seals your ballot.
booth-seal-wrong = Your device cannot seal this ballot. It says in English why:

# Step 4
booth-sealed-title = Step 4 of 4: Cast
booth-sealed = Your ballot is sealed on this device, and not cast yet. One more step is needed.
booth-cast-button = Cast my ballot
booth-tracker = Tracker code
booth-check-title = Or check your device first
booth-check = A second device can see whether this one seals what you chose. A checked ballot is opened and never counts.
booth-check-scan = Scan this code with a second device, now.
booth-check-press = Then press “Check my device”. This device opens the sealed ballot and shows a second code.
booth-check-compare = Scan that too, and compare what the second device shows with your choice.
booth-check-button = Check my device
booth-qr-address = Or open this address there:
booth-qr-tracker = The tracker code, as a picture to scan with a second device
booth-opened-title = This ballot is opened, and is not cast
booth-opened = Scan this second code with your second device. Compare what it shows with your choice below.
booth-qr-opening = The opened ballot, as a picture to scan with a second device
booth-seal-again = Seal a new ballot with this choice
booth-proving = Your device proves that your ballot keeps the rules.
booth-sending = Your device sends your ballot, and waits for the receipt. Keep this page open.
booth-waiting-title = Your ballot waits, and is not cast yet
booth-waiting = It waits so that nobody can tell by the times which letter it belongs to.
booth-waiting-until = Your device casts it at this time: { $time },
booth-waiting-stay = Keep this page open: then your device casts it by itself.
booth-waiting-leave = You may also close the page, and open it again here after that time. While it is closed, nothing is cast. Come back before voting ends.
booth-waiting-not = I cannot wait
booth-waiting-risk = You can cast at once. Who then sees both times may guess which letter your ballot belongs to.
booth-waiting-now = Cast my ballot at once
booth-unconfirmed-title = Your ballot is not cast yet
booth-unconfirmed = Your device keeps the sealed ballot. Sending it again never counts twice.
booth-send-again = Send the same ballot again
booth-silent = The ballot box does not answer. There is no receipt.
booth-false-receipt = The answer of the ballot box is not a receipt for your ballot. Please report it.
booth-refused-title = Your ballot is not cast
booth-refused = The ballot box did not take your ballot. It says in English why:
booth-refused-closed = The ballot box takes no ballots now.
booth-refused-again = A ballot with your pass is in the ballot box already, and this poll takes no second one.
booth-refused-next = If you think this is wrong, report it to the office, and keep this page.
booth-refused-choose = Back to the choice

# The receipt
booth-cast-lead = Your device has checked that the public record holds your ballot. Keep the receipt.
booth-handed-in-lead = The ballot box has signed for your ballot. Your device keeps asking until the witnesses confirm it.
booth-receipt-index = Place in the public record
booth-receipt-file = Save the receipt
booth-receipt-print = Print the receipt
booth-qr-receipt = The receipt, as a picture to scan
booth-receipt-not = The receipt does not show how you voted. Nobody can read that from it.
booth-again = Vote again: the new ballot replaces this one

# On this device
booth-device-title = What this device keeps
booth-device = Your voting pass and your receipt are kept here until you remove them. Your choice is not kept.
booth-save-title = Save my voting pass as a file
booth-save = With the file and its password you can go on elsewhere. Whoever has both can vote for you.
booth-save-button = Save the file
booth-secret-short = The password needs at least ten characters.
booth-saved = The file is saved.
booth-forget-title = Forget me on this device
booth-forget = Use this on a shared device. The pass is gone then, and nobody can replace it. Save it or cast your ballot first.
booth-forget-button = Forget me now

# The second device
check-title = Check another device
check-lead = This device shows what another device has sealed. It reads the public record itself.
check-needs = This page needs JavaScript and WebAssembly. For ballots that the program on a computer has opened there is this command:
check-start-title = Scan the first code
check-start = On the other device, seal your ballot. Then scan the code it shows with this device.
check-scanned-title = The first code is here
check-scanned = Now press “Check my device” on the other device. Scan the second code with this device.
check-lacking-title = The first code is missing
check-lacking = This device did not scan the first code before the ballot was opened. Without it the check proves nothing. Seal a new ballot and begin with its first code.
check-good-title = This is what the other device sealed
check-good = Compare it with what you chose. If it is the same, the other device sealed your ballot rightly.
check-not-there = The opened ballot is not in the public record. It does not count.
check-differs = If it is not what you chose, do not use the other device. Report it.
check-bad-title = The other device failed the check
check-bad = Do not use it to vote. Report what this device says in English:
check-cast-title = The opened ballot was cast
check-cast = The other device cast a ballot that it had opened. Do not use it. Report it.

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

# Find my ballot, and the recount on one's own device
find-title = Find my ballot
find-lead = See whether your sealed ballot is in the box and counts. You need the receipt that you saved when you voted.
find-file = Your receipt file
find-paste = Or paste the text of your receipt
find-look = Look it up
find-privacy = Your receipt stays on this device. The page reads the whole public record, so nobody learns which ballot is yours.
find-reading-title = Reading the public record
find-reading = This can take a while. Leave this page open.
find-again = Look up another receipt
find-proves = This shows that your sealed vote is stored unchanged. It does not show how you voted, and nobody can see that.
find-counted-title = Your ballot is in the box
find-counted = Your ballot stands in the public record, unchanged, and it counts.
find-kept-title = Your ballot is in the box
find-kept = Your ballot stands in the public record, unchanged. The record is too long to see here whether a later ballot replaced it.
find-entry-title = It is in the box, and it is no ballot
find-entry = This receipt is for another entry of the public record. It stands there unchanged.
find-replaced-title = A later ballot of yours counts
find-replaced = This ballot is in the box. A later one with your voting pass replaced it. If you did not vote again, report it to the office.
find-invalid-title = Your ballot is in the box, but it does not count
find-invalid = The ballot stands in the public record and breaks a rule. Report it to the office.
find-dropped-title = DROPPED: your ballot is gone
find-dropped = The ballot box signed for your ballot. Now something else stands in its place. Save the proof, and report it.
find-rewritten-title = The public record was changed
find-rewritten = Your ballot is there. But other entries were changed after the box signed your receipt. Save the proof, and report it.
find-proof = Save the proof
find-proof-note = The proof convinces anybody, without this page. Keep your receipt as well.
find-unknown-title = It cannot be told from here
find-older = This copy of the public record ends before your receipt. Try another copy, and keep your receipt.
find-closed-before = Voting has ended, and this copy ends before your ballot. Keep your receipt, and report it to the office.
find-not-witnessed = Your ballot is handed in, and not yet confirmed by the witnesses. Look again later.
find-missing = This copy of the public record lacks a file. Try another copy.
find-too-large = The public record is too long for this page. Use the program below.
find-no-receipt = This is not a receipt. Choose the file that you saved when you voted.
find-other-election = This copy is of another poll. Check its address.
find-foreign = The ballot box of this poll did not sign this receipt. Is it from another poll? If not, report it.
find-not-signed = The ballot box did not sign what this address shows. Try another copy, and report it.
find-unproven = What this address shows does not fit together. Try another copy, and report it.
find-unreachable = The public record is out of reach. Check your connection, and try again.
find-filled = The link that you followed has filled in your receipt. No server has seen it.
find-step = Files read: { $done } of { $of }.
copy-title = Read another copy
copy-note = Anybody may keep a copy of the public record. This page reads the one at this address.
copy-label = Address of the copy
copy-use = Read this copy
oneself-needs-script = For this, your browser needs JavaScript and WebAssembly.
oneself-none = This site cannot do that in your browser.
oneself-command = This program does the same on a computer, without this page:
oneself-left = About { $time } left.
oneself-size = The public record is about { $size } MB long.
oneself-stop = Stop
oneself-trying = The connection broke off. Your device is trying again.
recount-title = Check the count yourself
recount-lead = Your own device recounts the whole public record. It believes nothing that this site says.
recount-begin-note = It reads every ballot. That can take some minutes and many megabytes.
recount-begin = Begin to recount
recount-again = Recount once more
recount-too-large = This public record is too long for a browser. Use the program below.
recount-reading-title = Your device recounts
recount-held-title = Everything holds
recount-held = Your device has made all checks. The totals below are right.
recount-broken-title = Something is broken
recount-broken = At least one check failed. Report to the office what you see here.
recount-not-finished-title = Nothing is wrong so far
recount-not-finished = Some checks wait for something still to come.
recount-incomplete-title = Not everything can be checked
recount-incomplete = Nothing is broken, but something is not at hand here. Try another copy.
recount-failed-title = The recount did not finish
recount-failed = Nothing follows from that about the public record. Your device says in English what is wrong:
recount-claims = What was checked
recount-found = Your device’s own numbers
recount-ballots = Ballots in the record
recount-replaced = Replaced by later ones
recount-root = Fingerprint of the record
recount-anew = Begin anew
recount-ending = The program below ends with the same words:
recount-go-on = Go on
recount-paused-title = The recount is interrupted
recount-paused-stopped = You have stopped it. You can go on where it was.
recount-paused-unreachable = The public record does not answer. Check your connection, and go on where it was.
recount-step = Entries checked: { $done } of { $of }.
recount-unsigned = This copy says something that the ballot box did not sign. The copy may be damaged or changed, so try another one first.
stands-held = Holds
stands-broken = Broken
stands-open = Cannot be checked
claim-manifest = The office has signed the rules, and they fit together.
claim-content = The texts and pictures are the sealed ones.
claim-joint-key = All trustees made the key together.
claim-rehearsal = Enough trustees proved that their keys work before voting opened.
claim-issuers = Voting passes and rolls were fixed before voting opened.
claim-ballots = Every ballot keeps the rules and proves it.
claim-tokens = Every ballot bears all voting passes, and they are valid.
claim-sequence = A later ballot follows the earlier one by the rules.
claim-order = Every entry stands where it may stand.
claim-checkpoint = The record is signed, and its witnesses have seen it.
claim-batches = Ballots were mixed in groups before they were recorded.
claim-after-close = No ballot was added after voting ended.
claim-eligibility = There are no more ballots than passes, and no more passes than people on the roll.
claim-counted = Of every voting pass one ballot counts, the right one.
claim-sums = The published sums are those of the ballots that count.
claim-shares = Enough trustees opened each sum, and proved it.
claim-plaintexts = The published totals are what the sums contain.
claim-winners = The winners follow from the totals by the sealed rule.
