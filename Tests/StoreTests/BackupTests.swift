import Foundation
import GRDB
import Identifiers
import Jobs
import Synchronization
import Testing

@testable import Store

@Suite("Backups of the state")
struct BackupTests {
    @Test("a backup is a state that opens, with all that was stored when it was asked for")
    func whole() async throws {
        try await withStore { store, folder in
            try await store.addConnection(records: 500)
            let backup = try await store.backup(at: noon)
            let size = try FileManager.default.attributesOfItem(atPath: backup.path)[.size] as? Int
            #expect(size == backup.byteCount)
            #expect(try folder.permissions(of: "backups") == 0o700)
            #expect(try await StateFolder(restoring: backup.path).recordCount() == 500)
        }
    }

    @Test("writes go on while it is made, and it holds each write whole or not at all")
    func duringWrites() async throws {
        try await withStore { store, _ in
            try await store.addConnection()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for batch in 1...60 {
                    group.addTask {
                        try await store.insert((0..<50).map { record(batch * 1_000 + $0, of: 1) })
                    }
                }
                let backup = try await store.backup(at: noon)
                #expect(try await StateFolder(restoring: backup.path).recordCount() % 50 == 0)
                try await group.waitForAll()
            }
            #expect(try await store.recordCount(of: id(1)) == 3_000)
            #expect(try await store.check() == [])
        }
    }

    @Test("two of the same moment have two names, and no unfinished one is left")
    func names() async throws {
        try await withStore { store, folder in
            for _ in 1...2 { _ = try await store.backup(at: noon) }
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/backups").sorted()
            #expect(names == ["state-20231114T221320-2.sqlite", "state-20231114T221320.sqlite"])
        }
    }

    @Test("of many, as many are left as are to be kept, the newest of them; those before a migration stay")
    func rotation() async throws {
        try await withStore { store, folder in
            _ = try await store.backup(at: noon)
            let files = FileManager.default
            try files.copyItem(
                atPath: folder.path + "/backups/state-20231114T221320.sqlite",
                toPath: folder.path + "/backups/before-0003.sqlite")
            for _ in 1...3 { _ = try await store.backup(at: noon, keep: 2) }
            let last = try await store.backup(at: noon.advanced(by: .seconds(60)), keep: 2)
            #expect(last.removed == [folder.path + "/backups/state-20231114T221320.sqlite"])
            let names = try files.contentsOfDirectory(atPath: folder.path + "/backups").sorted()
            #expect(names.count == 3)
            #expect(names.first == "before-0003.sqlite")
            #expect(last.path.hasSuffix(names.last ?? "none"))
        }
    }

    @Test("a sign of life can be left any number of times")
    func signOfLife() async throws {
        try await withStore { store, _ in
            for second in 0..<3 { try await store.leaveSignOfLife(at: noon.advanced(by: .seconds(second))) }
        }
    }

    @Test("a state of an older version is backed up before it is migrated; a new one is not")
    func beforeMigration() async throws {
        try await withStore { store, folder in
            try await store.addConnection(records: 3)
            #expect(!FileManager.default.fileExists(atPath: folder.path + "/backups"))
            try await store.execute(
                "DROP TABLE provider_objects; DELETE FROM grdb_migrations WHERE identifier LIKE '0003 %'")
            let older = try folder.copyAfterCrash()
            let steps = Steps()
            try await StateStore.open(directory: older.path, progress: { steps.append($0) }).close()
            #expect(steps.all == [.checking, .backingUp, .migrating(["0003 ledger of provider objects"])])
            let backup = try DatabaseQueue(path: older.path + "/backups/before-0003.sqlite")
            let (records, ledgers) = try await backup.read { db in
                (
                    try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM golden_records"),
                    try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM sqlite_schema WHERE name = 'provider_objects'")
                )
            }
            #expect(records == 3 && ledgers == 0)
        }
    }

    @Test("a check names what is wrong")
    func check() async throws {
        try await withStore { store, _ in
            try await store.addConnection(records: 3)
            #expect(try await store.check() == [])
            try await store.read { db in
                try db.execute(
                    sql: """
                        PRAGMA foreign_keys = OFF;
                        DELETE FROM database_connections;
                        PRAGMA foreign_keys = ON
                        """)
            }
            let problems = try await store.check()
            #expect(problems.filter { $0.contains("of golden_records ") }.count == 3)
            try await store.execute("UPDATE golden_record_blocks SET count = count + 1 WHERE scope = x''")
            #expect(try await store.check().contains { $0.hasPrefix("golden_record_blocks: ") })
        }
        try await withStore { store, _ in
            _ = try await store.create(
                finetuning(10, of: 1), records: try await store.addConnection(records: 3), happenings: [])
            try await store.apply(.cancelRequested, to: id(10))
            #expect(try await store.check() == [])
            try await store.execute("UPDATE finetuning_counts SET count = 7 WHERE status = 'cancelled'")
            #expect(try await store.check() == ["finetuning_counts: 2 tallies are wrong or missing"])
        }
    }

    @Test("writes go on while a check looks, and it leaves nothing behind")
    func checkDuringWrites() async throws {
        try await withStore { store, folder in
            try await store.addConnection(records: 3_000)
            async let problems = store.check()
            for number in 1...50 { try await store.insert([record(10_000 + number, of: 1)]) }
            #expect(try await problems == [])
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path + "/backups") == [])
        }
    }

    @Test("what a daemon that died left unfinished is gone at the next start, and what it finished is not")
    func leftovers() async throws {
        let folder = StateFolder()
        let store = try await folder.open()
        _ = try await store.backup(at: noon)
        try await store.close()
        for name in ["state-1.sqlite.unfinished", "check.sqlite.unfinished-journal"] {
            try Data([1]).write(to: URL(fileURLWithPath: folder.path + "/backups/" + name))
        }
        try await folder.open().close()
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/backups")
        #expect(names == ["state-20231114T221320.sqlite"])
    }

    @Test("a backup that no state can be opened from is found out, and the newest of the others is named")
    func soundness() async throws {
        let folder = StateFolder()
        let store = try await folder.open()
        try await store.addConnection(records: 90)
        let sound = try await store.backup(at: noon)
        var later: [Backup] = []
        for minute in 1...3 { later.append(try await store.backup(at: noon.advanced(by: .seconds(60 * minute)))) }
        try await store.close()
        let bytes = try Data(contentsOf: URL(fileURLWithPath: sound.path))
        try bytes.prefix(bytes.count / 2).write(to: URL(fileURLWithPath: later[0].path))
        try Data(repeating: 7, count: bytes.count).write(to: URL(fileURLWithPath: later[1].path))
        try await DatabaseQueue(path: later[2].path).write { db in
            try db.execute(sql: "INSERT INTO grdb_migrations VALUES ('0099 from the future')")
        }

        try BackupCheck.look(at: sound.path)
        for backup in later {
            let error = #expect(throws: StoreError.self) { try BackupCheck.look(at: backup.path) }
            #expect(error?.description.contains(backup.path) == true)
        }
        let damaged = StoreError.corrupt(place: folder.database, reason: "malformed")
        #expect(damaged.naming(newestOf: BackupFolder(path: folder.path + "/backups")).remedy.contains(sound.path))
    }

    @Test("a damaged state says how it is restored")
    func remedy() {
        let error = StoreError.corrupt(place: "/var/lib/finetuned/state.sqlite", reason: "malformed")
        #expect(error.remedy.contains("finetunectl admin restore --state-directory /var/lib/finetuned "))
    }
}

/// The steps of an opening.
private final class Steps: Sendable {
    private let steps = Mutex<[StateStore.OpeningStep]>([])

    var all: [StateStore.OpeningStep] { steps.withLock { $0 } }

    func append(_ step: StateStore.OpeningStep) { steps.withLock { $0.append(step) } }
}

extension StateFolder {
    /// A folder whose state is a copy of a backup.
    fileprivate convenience init(restoring backup: String) throws {
        self.init()
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        try FileManager.default.copyItem(atPath: backup, toPath: database)
    }

    fileprivate func recordCount() async throws -> Int {
        let store = try await open()
        let count = try await store.recordCount(of: nil)
        try await store.close()
        return count
    }
}
