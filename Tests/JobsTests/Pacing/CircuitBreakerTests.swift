import Identifiers
import Jobs
import Testing

@Suite("The circuit breaker")
struct CircuitBreakerTests {
    private let start = Timestamp(microseconds: 1_700_000_000_000_000)
    private let pause = Duration.seconds(30)

    private func moment(_ seconds: Int) -> Timestamp { start.advanced(by: .seconds(seconds)) }

    private func openBreaker() -> CircuitBreaker {
        var breaker = CircuitBreaker(threshold: 3, pause: pause)
        for _ in 0..<3 { breaker.failed(at: start) }
        return breaker
    }

    @Test("lets calls through until so many have failed in a row")
    func opens() {
        var breaker = CircuitBreaker(threshold: 3, pause: pause)
        breaker.failed(at: start)
        breaker.failed(at: start)
        breaker.answered()
        breaker.failed(at: start)
        breaker.failed(at: start)
        #expect(breaker.holdOff(at: start) == nil)
        breaker.failed(at: start)
        #expect(breaker.state == .open(until: moment(30)))
        #expect(breaker.holdOff(at: moment(29)) == moment(30))
    }

    @Test("lets one call through after the pause, and the others wait for it")
    func probes() {
        var breaker = openBreaker()
        #expect(breaker.holdOff(at: moment(30)) == nil)
        #expect(breaker.state == .probing)
        #expect(breaker.holdOff(at: moment(31)) == moment(60))
    }

    @Test("closes when the probe is answered")
    func closes() {
        var breaker = openBreaker()
        _ = breaker.holdOff(at: moment(30))
        breaker.answered()
        #expect(breaker.holdOff(at: moment(31)) == nil)
        #expect(breaker.holdOff(at: moment(31)) == nil)
    }

    @Test("opens again at once when the probe fails")
    func reopens() {
        var breaker = openBreaker()
        _ = breaker.holdOff(at: moment(30))
        breaker.failed(at: moment(35))
        #expect(breaker.holdOff(at: moment(36)) == moment(65))
    }

    @Test("lets the next one probe when the probe was abandoned")
    func abandoned() {
        var breaker = openBreaker()
        _ = breaker.holdOff(at: moment(30))
        breaker.abandoned(at: moment(31))
        #expect(breaker.holdOff(at: moment(31)) == nil)
    }

    @Test("does not wait for ever for a probe that never was")
    func lostProbe() {
        var breaker = openBreaker()
        _ = breaker.holdOff(at: moment(30))
        #expect(breaker.holdOff(at: moment(60)) == nil)
        #expect(breaker.holdOff(at: moment(61)) == moment(90))
    }

    @Test("stays closed when a call is abandoned")
    func abandonedWhileClosed() {
        var breaker = CircuitBreaker()
        breaker.abandoned(at: start)
        #expect(breaker.state == .closed)
    }
}
