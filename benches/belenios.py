#!/usr/bin/env python3
"""One election of the same shape with Belenios and with Psephos, and what checking each of them costs.

Needs Debian's belenios-tool (apt-get install belenios-tool) and a release build of psephos and auditor.
benches/README.md says what is measured.
"""

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time

OPTIONS, MOST = 20, 5


def belenios(folder, *arguments, text=None):
    run = subprocess.run(["belenios-tool", *arguments], cwd=folder, input=text, text=True, capture_output=True)
    if run.returncode != 0:
        sys.exit(f"belenios-tool {' '.join(arguments)}: {run.stderr}")
    return run.stdout.strip()


def write(folder, name, value):
    with open(os.path.join(folder, name), "w") as file:
        file.write(value if isinstance(value, str) else json.dumps(value))


def renamed(folder, suffix, name):
    found = [file for file in os.listdir(folder) if file.endswith(suffix)]
    os.rename(os.path.join(folder, found[0]), os.path.join(folder, name))


def belenios_election(folder, group, ballots):
    """A closed election with its encrypted tally: three trustees, as ours has."""
    uuid = belenios(folder, "setup", "generate-token")
    belenios(folder, "setup", "generate-credentials", "--uuid", uuid, "--group", group, "--count", str(ballots))
    renamed(folder, ".pubcreds", "public_creds.json")
    renamed(folder, ".privcreds", "private_creds.json")
    for _ in range(3):
        belenios(folder, "setup", "generate-trustee-key", "--group", group)
    keys = [file for file in sorted(os.listdir(folder)) if file.endswith(".pubkey")]
    write(folder, "public_keys.jsons", "".join(open(os.path.join(folder, key)).read().strip() + "\n" for key in keys))
    belenios(folder, "setup", "make-trustees")
    question = {"answers": [f"p{i + 1}" for i in range(OPTIONS)], "min": 1, "max": MOST, "question": "Projects"}
    template = {"description": "Budget", "name": "Budget", "questions": [question], "administrator": "A",
                "credential_authority": "C"}
    write(folder, "template.json", template)
    belenios(folder, "setup", "make-election", "--uuid", uuid, "--group", group, "--template", "template.json")
    belenios(folder, "archive", "init")
    credentials = open(os.path.join(folder, "private_creds.json")).read()
    try:
        credentials = list(json.loads(credentials).values())
    except json.JSONDecodeError:
        credentials = [line.split()[-1] for line in credentials.splitlines()]
    choices = random.Random(1)
    for credential in credentials:
        named = choices.sample(range(OPTIONS), choices.randint(1, MOST))
        write(folder, "credential", credential)
        write(folder, "choice", [[int(option in named) for option in range(OPTIONS)]])
        ballot = belenios(folder, "election", "generate-ballot", "--privcred", "credential", "--ballot", "choice")
        belenios(folder, "archive", "add-event", "--type=Ballot", text=ballot + "\n")
    belenios(folder, "archive", "add-event", "--type=EndBallots", text="")
    tally = belenios(folder, "election", "compute-encrypted-tally")
    belenios(folder, "archive", "add-event", "--type=EncryptedTally", text=tally + "\n")


def cpu(command, folder, runs):
    """The least user and system time of a whole process, in seconds, and its time by the clock."""
    best = None
    for _ in range(runs):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        begun = time.monotonic()
        run = subprocess.run(command, cwd=folder, capture_output=True, text=True)
        wall = time.monotonic() - begun
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        if run.returncode != 0:
            sys.exit(f"{' '.join(command)}: {run.stdout}{run.stderr}")
        spent = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
        best = min(best or (spent, wall), (spent, wall))
    return best


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ballots", type=int, default=500)
    parser.add_argument("--runs", type=int, default=5, help="runs of ours; Belenios' verification runs once")
    parser.add_argument("--group", action="append", help="BELENIOS-2048 unless given")
    parser.add_argument("--programs", default="target/release", help="where psephos and auditor are")
    arguments = parser.parse_args()
    programs, ballots = os.path.abspath(arguments.programs), arguments.ballots
    print(f"{ballots} ballots, {OPTIONS} options, choose 1 to {MOST}")
    with tempfile.TemporaryDirectory() as folder:
        ours = {}
        for count in (ballots, 1):
            record = os.path.join(folder, f"record-{count}")
            subprocess.run([f"{programs}/psephos", "generate", record, "--ballots", str(count), "--projects",
                            str(OPTIONS), "--most", str(MOST)], check=True, stdout=subprocess.DEVNULL)
            ours[count] = cpu([f"{programs}/auditor", "verify", record], folder, arguments.runs)
        whole, wall = ours[ballots]
        each = (whole - ours[1][0]) / (ballots - 1)
        print(f"auditor verify: {whole:.3f} s of processor time ({wall:.3f} s by the clock), "
              f"{1000 * whole / ballots:.3f} ms a ballot; with one ballot {ours[1][0]:.3f} s, "
              f"so {1000 * each:.3f} ms for each further one")
        for group in arguments.group or ["BELENIOS-2048"]:
            theirs = os.path.join(folder, group)
            os.mkdir(theirs)
            belenios_election(theirs, group, ballots)
            spent, wall = cpu(["belenios-tool", "election", "verify"], theirs, 1)
            print(f"belenios-tool election verify, {group}: {spent:.2f} s of processor time ({wall:.2f} s by the "
                  f"clock), {1000 * spent / ballots:.1f} ms a ballot: {spent / whole:.0f} times the whole process, "
                  f"{spent / ballots / each:.0f} times for each further ballot", flush=True)


if __name__ == "__main__":
    main()
