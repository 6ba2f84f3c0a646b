import Evaluations
import Identifiers
import Jobs
import Store
import Testing

@Suite("Models by alias")
struct ServedModelTests {
    /// Finetunings 10, 11 and 12 have succeeded, 13 has not begun.
    private func model(_ number: Int) -> ProviderModelID { ProviderModelID(rawValue: "ft:\(number)") }

    private func withFinetunings(_ test: (StateStore, StateFolder) async throws -> Void) async throws {
        try await withStore { store, folder in
            let records = try await store.addConnection(records: 10)
            for number in 10...13 {
                _ = try await store.create(finetuning(number, of: 1), records: records, happenings: [])
            }
            for number in 10...12 {
                for event in untilSubmitted { try await store.apply(event, to: id(number)) }
                let end = ProviderJob(id: remoteJob, phase: .succeeded(model: model(number)))
                try await store.apply(.polled(end), to: id(number))
            }
            try await test(store, folder)
        }
    }

    @Test("promotions and rollbacks count on, and each rollback goes one model further back")
    func history() async throws {
        try await withFinetunings { store, folder in
            for number in 10...12 { _ = try await store.promote(id(number), as: "sales", wish()) }
            _ = try await store.rollBack("sales", wish())
            let second = try await store.rollBack("sales", wish(note: "worse"))
            #expect(second.version == 5 && second.current?.model.name == "ft:10")
            await #expect(throws: StoreError.nothingToRollBack(alias: "sales")) {
                try await store.rollBack("sales", wish())
            }
            _ = try await store.promote(id(12), as: "sales", wish())
            let third = try await store.rollBack("sales", wish())
            #expect(third.current?.model.name == "ft:10")

            let again = try await folder.copyAfterCrash().open()
            let versions = try await again.history(of: "sales", PageRequest())
            #expect(versions.total == 7)
            #expect(
                versions.items.map(\.origin) == [
                    .promotion, .promotion, .promotion, .rollback(to: 2), .rollback(to: 1), .promotion,
                    .rollback(to: 1),
                ])
            #expect(versions.items.map(\.model.name) == [10, 11, 12, 11, 10, 12, 10].map(model))
            #expect(versions.items[4].note == "worse" && versions.items[4].user == 501)
            let last = try await again.history(of: "sales", PageRequest(number: 2, limit: 5))
            #expect(last.items.map(\.version) == [6, 7])
            #expect(try await again.model("sales") == third)
            try await again.close()
        }
    }

    @Test("of two changes that expect the same version, one is made")
    func versions() async throws {
        try await withFinetunings { store, _ in
            _ = try await store.promote(id(10), as: "sales", wish(expecting: 0))
            _ = try await store.promote(id(11), as: "sales", wish(expecting: 1))
            await #expect(throws: StoreError.versionConflict(alias: "sales", present: 2)) {
                try await store.promote(id(12), as: "sales", wish(expecting: 1))
            }
            await #expect(throws: StoreError.versionConflict(alias: "sales", present: 2)) {
                try await store.rollBack("sales", wish(expecting: 1))
            }
            await #expect(throws: StoreError.versionConflict(alias: "new", present: 0)) {
                try await store.promote(id(12), as: "new", wish(expecting: 1))
            }
            #expect(try await store.models(PageRequest()).items.map(\.alias) == ["sales"])
            #expect(try await store.model("sales").current?.model.name == "ft:11")
        }
    }

    @Test("an alias goes on from the versions of one of its name that was removed")
    func versionsNeverRepeat() async throws {
        try await withFinetunings { store, folder in
            for number in 10...12 { _ = try await store.promote(id(number), as: "sales", wish()) }
            try await store.deleteModel("sales")
            let notes = try await store.changeModel("sales", at: noon) { $0.metadata = #"{"a":1}"# }
            #expect(notes.version == 0)
            #expect(try await store.history(of: "sales", PageRequest()).total == 0)
            try await store.deleteModel("sales")

            let again = try await folder.copyAfterCrash().open()
            #expect(try await again.promote(id(10), as: "sales", wish(expecting: 0)).version == 4)
            await #expect(throws: StoreError.nothingToRollBack(alias: "sales")) {
                try await again.rollBack("sales", wish())
            }
            _ = try await again.promote(id(11), as: "sales", wish())
            #expect(try await again.rollBack("sales", wish()).version == 6)
            let versions = try await again.history(of: "sales", PageRequest(number: 2, limit: 2))
            #expect(versions.total == 3 && versions.items.map(\.version) == [6])
            #expect(versions.items.map(\.origin) == [.rollback(to: 4)])
            #expect(try await again.promote(id(12), as: "other", wish()).version == 1)
            try await again.close()
        }
    }

    @Test("an alias that was removed before its versions were kept goes on from the last that answered a question")
    func versionsBeforeRemoval() async throws {
        try await withFinetunings { store, folder in
            _ = try await store.promote(id(10), as: "present", wish())
            for (number, alias) in [(20, "sales"), (70, "sales"), (50, "present")] {
                try await store.insert(
                    SQLGeneration(
                        id: id(number + 1), prompt: id(number),
                        model: AskedModel(
                            provider: .openAI, name: "ft:1", finetuning: id(10),
                            alias: .init(name: ModelAlias(rawValue: alias), version: number / 10)),
                        outcome: .init(sql: "SELECT 1", verdict: .valid), measuresConfidence: false, metadata: nil,
                        createdAt: noon, completedAt: noon),
                    answering: Prompt(
                        id: id(number), text: "how many?", connection: id(1), schemas: [], metadata: nil,
                        createdAt: noon))
            }
            try await store.execute("DELETE FROM grdb_migrations WHERE identifier LIKE '0023 %'")
            let again = try await folder.copyAfterCrash().open()
            #expect(try await again.promote(id(10), as: "sales", wish()).version == 8)
            #expect(try await again.promote(id(11), as: "present", wish()).version == 2)
            try await again.close()
        }
    }

    @Test("a finetuning that an alias stands for stays, by the schema too; those before it may go")
    func deletion() async throws {
        try await withFinetunings { store, _ in
            _ = try await store.promote(id(10), as: "sales", wish())
            _ = try await store.promote(id(11), as: "sales", wish())
            await #expect(throws: StoreError.finetuningInUse(id(11), by: "sales")) {
                try await store.deleteFinetuning(id(11))
            }
            await #expect(throws: StoreError.self) {
                try await store.execute("DELETE FROM finetunings WHERE alias = 'finetuning 11'")
            }
            try await store.deleteFinetuning(id(10))
            await #expect(throws: StoreError.notFound(.finetuning, id(10))) {
                try await store.rollBack("sales", wish())
            }
            let history = try await store.history(of: "sales", PageRequest())
            #expect(history.items.map(\.model.finetuning) == [id(10), id(11)])
            try await store.deleteModel("sales")
            try await store.deleteFinetuning(id(11))
            await #expect(throws: StoreError.noModel(alias: "sales")) { try await store.model("sales") }
        }
    }

    @Test("what has no model cannot be promoted, and leaves no alias behind")
    func refusals() async throws {
        try await withFinetunings { store, _ in
            await #expect(throws: StoreError.notSucceeded(id(13))) {
                try await store.promote(id(13), as: "sales", wish())
            }
            await #expect(throws: StoreError.notFound(.finetuning, id(14))) {
                try await store.promote(id(14), as: "sales", wish())
            }
            for change in [{ try await store.rollBack("sales", wish()) }, { try await store.model("sales") }] {
                await #expect(throws: StoreError.noModel(alias: "sales")) { _ = try await change() }
            }
        }
    }

    @Test("an alias with notes needs no model")
    func notes() async throws {
        try await withFinetunings { store, _ in
            let made = try await store.changeModel("sales", at: noon) { $0.metadata = #"{"a":1}"# }
            #expect(made.version == 0 && made.current == nil && made.metadata == #"{"a":1}"#)
            _ = try await store.promote(id(10), as: "sales", wish())
            let changed = try await store.changeModel("sales", at: noon) { $0.metadata = nil }
            #expect(changed.version == 1 && changed.metadata == nil)
        }
    }

    @Test(
        "the database refuses a version that contradicts itself",
        arguments: [
            "UPDATE served_models SET version = 0", "UPDATE served_models SET finetuning_id = NULL",
            "UPDATE served_model_versions SET promoted_in = version + 1",
            "UPDATE served_model_versions SET restores = promoted_in",
            "UPDATE served_model_versions SET finetuning_id = x'00'",
        ])
    func constraints(_ statement: String) async throws {
        try await withFinetunings { store, _ in
            _ = try await store.promote(id(10), as: "sales", wish())
            await #expect(throws: StoreError.self) { try await store.execute(statement) }
        }
    }
}

private func wish(expecting version: Int? = nil, note: String? = nil) -> ModelSwitch {
    ModelSwitch(expectedVersion: version, user: 501, note: note, at: noon)
}
