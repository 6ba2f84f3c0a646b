import Identifiers
import Jobs
import Store
import Testing

@Suite("Budgets, in the transaction that accepts a finetuning")
struct BudgetTests {
    private let day = Duration.seconds(24 * 60 * 60)

    /// A finetuning that costs two dollars an epoch, ordered on some day after `noon`.
    private func order(_ number: Int, by owner: UInt32 = 1_000, epochs: Int = 1, after days: Int = 0) -> Finetuning {
        let moment = noon.advanced(by: day * days)
        let plain = finetuning(number, of: 1)
        return Finetuning(
            id: plain.id, alias: plain.alias, connectionID: plain.connectionID, baseModel: plain.baseModel, schemas: [],
            lineage: lineage, owner: owner,
            estimate: CostEstimate(
                tokens: 1_000_000, examples: 12, epochs: .value(epochs), pricePerMillionTokens: Price("2.00")),
            metadata: nil, createdAt: moment, updatedAt: moment)
    }

    private func create(
        _ order: Finetuning, within budget: Budget = .unbounded, in store: StateStore
    ) async throws {
        _ = try await store.create(order, records: [], happenings: [.accepted(records: 0)], within: budget)
    }

    @Test("owner and estimate read back")
    func readBack() async throws {
        try await withStore { store, _ in
            try await store.addConnection()
            try await create(order(10, epochs: 3), in: store)
            #expect(try await store.finetuning(id(10)) == order(10, epochs: 3))
        }
    }

    @Test("what is over budget is refused and leaves nothing behind; of many at once just as many pass as fit")
    func concurrent() async throws {
        try await withStore { store, _ in
            try await store.addConnection()
            let budget = Budget(perMonth: Price("10.00"))
            let accepted = await withTaskGroup(of: Bool.self) { group in
                for number in 0..<20 {
                    group.addTask {
                        do {
                            try await create(order(10 + number), within: budget, in: store)
                            return true
                        } catch StoreError.overBudget(.tooExpensive(.month, _, _, _)) {
                            return false
                        } catch {
                            Issue.record(error)
                            return false
                        }
                    }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(accepted == 5)
            #expect(try await store.finetunings(PageRequest()).total == 5)
            #expect(try await store.spending(of: 1_000, at: noon).thisMonth == Price("10.00"))
        }
    }

    @Test("users are counted apart, and together")
    func users() async throws {
        try await withStore { store, _ in
            try await store.addConnection()
            let budget = Budget(perUserPerMonth: Price("4.00"), finetuningsPerUserPerDay: 2)
            try await create(order(10), within: budget, in: store)
            try await create(order(11), within: budget, in: store)
            try await create(order(12, by: 1_001, epochs: 2), within: budget, in: store)
            await #expect(throws: StoreError.overBudget(.tooManyToday(limit: 2, ordered: 2))) {
                try await create(order(13), within: budget, in: store)
            }
            let spent = BudgetRefusal.tooExpensive(
                .userMonth, limit: Price(microdollars: 4_000_000), spent: Price(microdollars: 4_000_000),
                cost: Price(microdollars: 2_000_000))
            await #expect(throws: StoreError.overBudget(spent)) {
                try await create(order(14, by: 1_001), within: budget, in: store)
            }
            let spending = try await store.spending(of: 1_001, at: noon)
            #expect(
                spending
                    == Spending(
                        thisMonth: Price(microdollars: 8_000_000), ofUserThisMonth: Price(microdollars: 4_000_000),
                        finetuningsToday: 1))
        }
    }

    @Test("a new day and a new month begin anew")
    func periods() async throws {
        try await withStore { store, _ in
            try await store.addConnection()
            try await create(order(10), in: store)
            // `noon` is on 14 November.
            let tomorrow = try await store.spending(of: 1_000, at: noon.advanced(by: day))
            #expect(tomorrow.finetuningsToday == 0 && tomorrow.thisMonth == Price("2.00"))
            let december = try await store.spending(of: 1_000, at: noon.advanced(by: day * 17))
            #expect(december.thisMonth == .zero && december.ofUserThisMonth == .zero)
        }
    }

    @Test("a job counts what the provider says that it trained, and still does once it is deleted")
    func actual() async throws {
        try await withStore { store, _ in
            try await store.addConnection()
            try await create(order(10, epochs: 3), in: store)
            for event in untilSubmitted { try await store.apply(event, to: id(10)) }
            #expect(try await store.spending(of: 1_000, at: noon).thisMonth == Price("6.00"))
            let end = ProviderJob(id: remoteJob, phase: .succeeded(model: "ft:1"), trainedTokens: 1_500_000)
            try await store.apply(.polled(end), to: id(10))
            #expect(try await store.spending(of: 1_000, at: noon).thisMonth == Price("3.00"))
            try await store.deleteFinetuning(id(10))
            #expect(try await store.spending(of: 1_000, at: noon).thisMonth == Price("3.00"))
        }
    }

    @Test("whatever becomes of finetunings, they cost no more than the budget, and the tallies are what counting gives")
    func everyHistory() async throws {
        try await withStore { store, _ in
            try await store.addConnection()
            let limit = try #require(Price("100.00"))
            var accepted = 0
            for number in 0..<90 {
                let (owner, epochs) = (UInt32(1_000 + number % 3), 1 + number % 4)
                let order = order(10 + number, by: owner, epochs: epochs, after: number % 3)
                do {
                    try await create(order, within: Budget(perMonth: limit), in: store)
                } catch StoreError.overBudget {
                    continue
                }
                accepted += 1
                for event in history(number) { try await store.apply(event, to: order.id) }
                if try await store.finetuning(order.id).job.status.isTerminal, number % 4 == 0 {
                    try await store.deleteFinetuning(order.id)
                }
                #expect(try await store.spending(of: 1_000, at: noon).thisMonth <= limit)
            }
            #expect(accepted > 20)
            #expect(try await store.check() == [])
        }
    }

    /// A part of a life, which ends in one of the ways there are or goes on.
    private func history(_ number: Int) -> [JobEvent] {
        let phases: [ProviderJob.Phase] = [
            .running, .succeeded(model: ProviderModelID(rawValue: "ft:\(number)")),
            .failed(ProviderComplaint("diverged")), .cancelled,
        ]
        let end = ProviderJob(
            id: remoteJob, phase: phases[number % phases.count], trainedTokens: number % 2 == 0 ? nil : 900_000)
        let part = Array(untilSubmitted.prefix(number % (untilSubmitted.count + 2)))
        return part + (number % 5 == 0 ? [.cancelRequested] : []) + [.polled(end)]
    }

    @Test("a job that is cancelled before the provider has it costs nothing")
    func cancelled() async throws {
        try await withStore { store, _ in
            try await store.addConnection()
            try await create(order(10), in: store)
            try await store.apply(.cancelRequested, to: id(10))
            let spending = try await store.spending(of: 1_000, at: noon)
            #expect(spending.thisMonth == .zero && spending.finetuningsToday == 1)
        }
    }
}
