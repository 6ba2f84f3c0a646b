import ArgumentParser
import FinetuneAPI
import LineTransport
import Testing

@testable import finetunectl

@Suite("How the program ends")
struct ExitReportTests {
    private static let refusal = ClientError.refused(
        status: 409, APIError(.aliasInUse, "the alias \"shop\" is in use", remedy: "Choose another."))

    static let errors: [(any Error & Sendable, Int32)] = [
        (refusal, 1),
        (ClientError.malformedReply("x"), 1),
        (ValidationError("x"), 2),
        (LocalProblem("x"), 2),
        (SystemCallError("cannot open a", number: 2), 2),
        (DaemonUnreachable(attempts: []), 3),
        (ClientError.connectionLost, 3),
        (ClientError.unreachable(path: "/a", reason: "x"), 3),
        (ExitStatus.finetuningFailed, 4), (ExitStatus.finetuningCancelled, 5), (ExitStatus.timedOut, 124),
        (ExitStatus.interrupted, 130), (ExitStatus.terminated, 143),
        (SystemCallError("cannot write standard output", number: 32), 141),
        (CleanExit.message("x"), 0),
    ]

    @Test("each kind of failure has its status", arguments: errors.indices)
    func status(_ place: Int) {
        #expect(ExitReport(Self.errors[place].0).status == Self.errors[place].1)
    }

    @Test(
        "wrong arguments end with 2",
        arguments: [["nope"], ["record", "show", "x"], ["finetuning", "list", "--page", "0"]])
    func usage(arguments: [String]) async throws {
        do {
            _ = try await Finetunectl.asyncParseAsRoot(arguments)
            Issue.record("parsed")
        } catch {
            #expect(ExitReport(error).status == 2)
            #expect(ExitReport(error).text.contains("Usage:"))
        }
    }

    @Test("help and version are successes", arguments: [["--help"], ["--version"], ["record", "import", "--help"]])
    func help(arguments: [String]) async throws {
        do {
            var command = try await Finetunectl.asyncParseAsRoot(arguments)
            try command.run()
            Issue.record("ran")
        } catch {
            #expect(ExitReport(error).status == 0)
            #expect(!ExitReport(error).text.isEmpty)
        }
    }

    @Test("a refusal tells what to do and its code")
    func refusal() {
        #expect(
            ExitReport(Self.refusal).text == """
                error: the alias "shop" is in use
                  Choose another.
                  (alias_in_use)

                """)
    }

    @Test("a refusal for want of a role tells the commands that help: one for once, one for good")
    func roleNeeded() {
        let refusal = APIError(
            .forbidden, "this needs the role admin, and user 1000 is operator", remedy: "Have an administrator do it.",
            detail: ["role_needed": "admin", "groups": ["ops team"]])
        let error = RoleNeeded(
            refusal: refusal, socket: "/tmp/a b", user: "ada",
            command: ["finetunectl", "connection", "add", "--alias", "it's"])
        #expect(
            ExitReport(error).text == #"""
                error: this needs the role admin, and user 1000 is operator
                  Have an administrator do it.
                  (forbidden)
                  as root, who may do all: sudo finetunectl --socket '/tmp/a b' connection add --alias 'it'\''s'
                  for good, from the next login on: sudo usermod --append --groups 'ops team' ada

                """#)
        #expect(ExitReport(error).status == 1)
    }

    @Test("without a group that may, and with a socket that was named, only that command is told again")
    func roleNeededWithoutAGroup() {
        let refusal = APIError(.forbidden, "no", remedy: "Ask.", detail: ["role_needed": "admin", "groups": []])
        let error = RoleNeeded(
            refusal: refusal, socket: "/tmp/s", user: "ada", command: ["finetunectl", "--socket=/tmp/s", "status"])
        #expect(error.remedies == ["as root, who may do all: sudo finetunectl --socket=/tmp/s status"])
        #expect(RoleNeeded(Self.refusal, socket: "/tmp/s") == nil)
    }

    @Test("an unreachable system daemon: every socket that was tried, and how to start it")
    func unreachable() {
        let error = DaemonUnreachable(attempts: [
            .init(path: SocketLocation.systemPath, reason: "No such file or directory"),
            .init(path: "/run/user/7/finetuned/finetuned.sock", reason: "Connection refused"),
        ])
        #expect(
            ExitReport(error).text == """
                error: the daemon cannot be reached
                  /run/finetuned/finetuned.sock: No such file or directory
                  /run/user/7/finetuned/finetuned.sock: Connection refused
                  start it: systemctl start finetuned
                  or your own: systemctl --user start finetuned.socket
                  or by hand: finetuned --socket /run/user/7/finetuned/finetuned.sock --state-directory DIRECTORY

                """)
    }

    @Test("a chosen socket is started by hand")
    func unreachableByChoice() {
        let error = DaemonUnreachable(attempts: [.init(path: "/tmp/s", reason: "No such file or directory")])
        #expect(error.remedies == ["start it: finetuned --socket /tmp/s --state-directory DIRECTORY"])
    }

    @Test("who may not open the socket is told of the group that may")
    func denied() {
        let known = DaemonUnreachable(attempts: [
            .init(path: SocketLocation.systemPath, reason: "Permission denied", group: "finetuned"),
            .init(path: "/run/user/7/finetuned/finetuned.sock", reason: "No such file or directory"),
        ])
        #expect(
            known.remedies == [
                "its group may, from the next login on: sudo usermod --append --groups finetuned \(RoleNeeded.currentUser)"
            ])
        let unknown = DaemonUnreachable(attempts: [.init(path: "/tmp/s", reason: "Permission denied")])
        #expect(unknown.remedies == ["ask an administrator to let you open the socket"])
    }
}
