import Glibc
import Testing

@testable import Systemd

// The manager is found by way of the environment, which a process has one of: hence a process for each test.
@Suite("Telling the service manager")
struct ServiceNotifierTests {
    @Test("what is sent arrives as the manager reads it")
    func arrives() async {
        await #expect(processExitsWith: .success) {
            let manager = try UnixSocket(.datagram)
            setenv("NOTIFY_SOCKET", manager.name, 1)
            let expected: [(ServiceNotification, String)] = [
                (.ready, "READY=1"),
                (.stopping, "STOPPING=1"),
                (.watchdog, "WATCHDOG=1"),
                (.status("3 jobs running, 1 queued"), "STATUS=3 jobs running, 1 queued"),
                (.status("one\nREADY=1"), "STATUS=one READY=1"),
                (.extendTimeout(.seconds(1.5)), "EXTEND_TIMEOUT_USEC=1500000"),
                (.errorNumber(ENOSPC), "ERRNO=28"),
            ]
            for (notification, text) in expected {
                #expect(try ServiceNotifier().send(notification))
                #expect(try manager.received() == text)
            }
        }
    }

    @Test("several things go in one message")
    func together() async {
        await #expect(processExitsWith: .success) {
            let manager = try UnixSocket(.datagram)
            setenv("NOTIFY_SOCKET", manager.name, 1)
            try ServiceNotifier().send(.ready, .status("idle"))
            #expect(try manager.received() == "READY=1\nSTATUS=idle")
        }
    }

    @Test("a reload carries the time on the manager's clock, and a later one a later time")
    func reloading() async {
        await #expect(processExitsWith: .success) {
            let manager = try UnixSocket(.datagram)
            setenv("NOTIFY_SOCKET", manager.name, 1)
            var times: [Int64] = []
            for _ in 0..<2 {
                try ServiceNotifier().send(.reloading)
                let lines = try manager.received().split(separator: "\n")
                #expect(lines.first == "RELOADING=1")
                times.append(try #require(lines.last?.split(separator: "=").last.flatMap { Int64($0) }))
            }
            #expect(times[0] > 0 && times[0] <= times[1])
        }
    }

    @Test("without a manager nothing is sent, and that is no error")
    func byHand() async {
        await #expect(processExitsWith: .success) {
            unsetenv("NOTIFY_SOCKET")
            let isHeard = try ServiceNotifier().send(.ready)
            #expect(!isHeard)
        }
    }

    @Test("a manager that is gone is an error with the system's words")
    func managerGone() async {
        await #expect(processExitsWith: .success) {
            setenv("NOTIFY_SOCKET", "@finetuned-test-nobody-\(getpid())", 1)
            let error = #expect(throws: SystemdError.self) { try ServiceNotifier().send(.ready) }
            #expect(error?.description == "sd_notify: Connection refused")
        }
    }
}
