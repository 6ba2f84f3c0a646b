import Glibc
import Testing

@testable import Systemd

@Suite("The watchdog's interval")
struct WatchdogIntervalTests {
    @Test("is what the manager asks of this process")
    func requested() async {
        await #expect(processExitsWith: .success) {
            setenv("WATCHDOG_USEC", "30000000", 1)
            let ofAnyProcess = try WatchdogInterval.requested()
            setenv("WATCHDOG_PID", "\(getpid())", 1)
            let ofThisProcess = try WatchdogInterval.requested()
            #expect(ofAnyProcess == .seconds(30))
            #expect(ofThisProcess == .seconds(30))
        }
    }

    @Test("is none without a watchdog, or with one of another process")
    func none() async {
        await #expect(processExitsWith: .success) {
            unsetenv("WATCHDOG_USEC")
            let withoutWatchdog = try WatchdogInterval.requested()
            setenv("WATCHDOG_USEC", "30000000", 1)
            setenv("WATCHDOG_PID", "1", 1)
            let ofAnotherProcess = try WatchdogInterval.requested()
            #expect(withoutWatchdog == nil)
            #expect(ofAnotherProcess == nil)
        }
    }

    @Test("that makes no sense is an error")
    func malformed() async {
        await #expect(processExitsWith: .success) {
            setenv("WATCHDOG_USEC", "soon", 1)
            #expect(throws: SystemdError.self) { try WatchdogInterval.requested() }
        }
    }
}
