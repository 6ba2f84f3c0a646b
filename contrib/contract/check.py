"""Runs the daemon and the official client against the sandbox, and judges what they say by the contract."""

import argparse
import pathlib
import sys
import tempfile

import client_scenarios
import daemon_scenarios
from contract import OUTSIDE_THE_CONTRACT, Contract
from programs import CheckFailed, binaries_folder
from report import print_report, rows_by_operation

SAMPLE = "contrib/sample/sample.sqlite"


def judge_client(contract, folder, work, sample):
    """The sandbox's replies only: some of the client's requests are wrong on purpose."""
    exchanges, failures = played(client_scenarios, folder, work, sample)
    failures += report("the sandbox's replies to the official client", exchanges, contract, contract.reply_problems)
    return failures or missing(exchanges, contract, client_scenarios.MUST_BE_SEEN)


def judge_daemon(contract, folder, work, sample):
    exchanges, failures = played(daemon_scenarios, folder, work, sample)
    failures += report("the daemon's requests", exchanges, contract, contract.request_problems)
    failures += report("the sandbox's replies to the daemon", exchanges, contract, contract.reply_problems)
    return failures or missing(exchanges, contract, daemon_scenarios.MUST_BE_SEEN)


def played(scenarios, folder, work, sample):
    """The exchanges, and 1 where the scenarios broke off: what was said until then is judged all the same."""
    exchanges = []
    try:
        scenarios.play(folder, work, sample, exchanges)
    except CheckFailed as failure:
        print(f"\nbroken off: {failure}")
        return exchanges, 1
    return exchanges, 0


def report(title, exchanges, contract, problems_of):
    return print_report(title, rows_by_operation(exchanges, contract, problems_of), OUTSIDE_THE_CONTRACT)


def missing(exchanges, contract, must_be_seen):
    """How many operations a whole run leaves unchecked; asked only of one that did not break off."""
    unseen = sorted(must_be_seen - {contract.operation(exchange) for exchange in exchanges})
    for operation in unseen:
        print(f"  {operation} was never asked for: it is not checked")
    return len(unseen)


PARTS = {"client": judge_client, "daemon": judge_daemon}


def main():
    parser = argparse.ArgumentParser(prog="contrib/contract/run", description=__doc__)
    parser.add_argument("--root", required=True, type=pathlib.Path, help=argparse.SUPPRESS)
    parser.add_argument("--contract", required=True, type=pathlib.Path, help=argparse.SUPPRESS)
    parser.add_argument("--only", choices=PARTS, help="run one of the two parts")
    options = parser.parse_args()
    folder = binaries_folder(options.root)
    contract = Contract.load(options.contract)
    failures = 0
    for name in [options.only] if options.only else PARTS:
        with tempfile.TemporaryDirectory(prefix="finetune-contract-") as work:
            failures += PARTS[name](contract, folder, pathlib.Path(work), options.root / SAMPLE)
    print(f"\ncontract check: {failures or 'no'} failure{'' if failures == 1 else 's'}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
