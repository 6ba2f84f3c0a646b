import Identifiers
import Jobs
import Store
import Testing

@testable import DaemonCore

@Suite("the line of systemctl status")
struct StatusTextTests {
    private let lab = ProviderName(rawValue: "lab")

    private func condition(
        _ standing: ProviderCondition.Standing, of name: ProviderName = .openAI, hasKey: Bool = true,
        pausedUntil: Timestamp? = nil
    ) -> ProviderCondition {
        ProviderCondition(
            name: name, standing: standing, pausedUntil: pausedUntil, silentSince: nil, hasKey: hasKey,
            keyRemedy: "replace it, then: restart")
    }

    private func line(
        _ counts: [Jobs.FinetuningStatus: Int] = [:], _ providers: ProviderCondition...,
        storage: Store.StorageHealth = .healthy, unreadableKeys: Int = 0
    ) -> String {
        StatusText(counts: counts, providers: providers, storage: storage, unreadableKeys: unreadableKeys).line
    }

    @Test("counts the jobs under way")
    func jobs() {
        #expect(line() == "no jobs under way")
        #expect(line([.queued: 1, .succeeded: 9]) == "1 job queued")
        #expect(line([.running: 2, .validatingFiles: 1]) == "3 jobs running")
        #expect(line([.running: 1, .queued: 2]) == "1 job running, 2 queued")
    }

    @Test("says what is wrong with a provider, and what to do")
    func providers() {
        #expect(
            line([:], condition(.keyRefused("bad")))
                == "no jobs under way; openai: key refused, replace it, then: restart")
        #expect(
            line([:], condition(.failing("it is down"), pausedUntil: Timestamp(microseconds: 0)))
                == "no jobs under way; openai: it is down; trying again at 1970-01-01T00:00:00.000000")
        #expect(line([:], condition(.healthy), condition(.unknown, of: lab)) == "no jobs under way")
    }

    @Test("says that there is no key where one is needed: for a job, or at all")
    func missingKey() {
        let told = "no jobs under way; openai: no key, replace it, then: restart"
        let idle = condition(.keyMissing(isNeeded: false), hasKey: false)
        #expect(line([:], idle) == told)
        #expect(line([:], idle, condition(.unknown, of: lab)) == "no jobs under way")
        let needed = condition(.keyMissing(isNeeded: true), hasKey: false)
        #expect(line([:], needed, condition(.healthy, of: lab)) == told)
        #expect(line([:], condition(.healthy, hasKey: false)) == "no jobs under way")
    }

    @Test("says that keys cannot be read, and that nothing can be written")
    func storage() {
        #expect(line([:], unreadableKeys: 2).contains("the keys of 2 database connections do not open"))
        #expect(line([:], storage: .degraded(reason: "disk full")).contains("cannot be written: disk full; free space"))
    }
}
