import Foundation
import GRDB
import Identifiers
import Testing

@testable import Store

@Suite("Opening the state")
struct OpeningTests {
    @Test("what was stored is there after a clean stop, and the folder is the daemon's alone")
    func reopening() async throws {
        let folder = StateFolder()
        let store = try await folder.open()
        try await store.addConnection(records: 3)
        #expect(try folder.permissions(of: "") == 0o700)
        #expect(try folder.permissions(of: "state.sqlite") == 0o600)
        #expect(try folder.permissions(of: "state.sqlite-wal") == 0o600)
        try await store.close()

        let again = try await folder.open()
        #expect(try await again.connection(id(1)) == connection(1))
        #expect(try await again.record(id(101)) == record(101, of: 1))
        #expect(try await again.newestID() == id(102))
        try await again.close()
    }

    @Test("every write that was answered is there after a crash")
    func crash() async throws {
        try await withStore { store, folder in
            try await store.addConnection(records: 3)
            let crashed = try folder.copyAfterCrash()
            let again = try await crashed.open()
            #expect(try await again.recordCount(of: id(1)) == 3)
            try await again.close()
        }
    }

    @Test("a second daemon is refused, and told who has the state")
    func second() async throws {
        try await withStore { _, folder in
            await #expect(throws: StoreError.locked(directory: folder.path, processID: getpid())) {
                try await folder.open()
            }
        }
    }

    @Test("a state that belongs to somebody else is refused, with what to do about it", .enabled(if: geteuid() != 0))
    func foreign() async throws {
        let folder = StateFolder()
        try await folder.open().close()
        let lock = folder.path + "/state.lock"
        #expect(chmod(lock, 0) == 0)
        let error = await #expect(throws: StoreError.inaccessible(path: lock)) { try await folder.open() }
        #expect(error?.remedy.contains("chown") == true)
    }

    @Test("the state of a newer version is refused")
    func newer() async throws {
        let folder = StateFolder()
        try await folder.open().close()
        try await folder.edit("INSERT INTO grdb_migrations VALUES ('0099 from the future')")
        await #expect(
            throws: StoreError.newerVersion(path: folder.database, unknownMigrations: ["0099 from the future"])
        ) {
            try await folder.open()
        }
    }

    @Test("a file that is no database is refused and left as it is")
    func noDatabase() async throws {
        let folder = try StateFolder(holding: Data(repeating: 0x2a, count: 8_192))
        let error = await #expect(throws: StoreError.self) { try await folder.open() }
        #expect(error?.isCorruption == true)
        #expect(try folder.bytes(of: "state.sqlite") == Data(repeating: 0x2a, count: 8_192))
    }

    @Test("the database of another program is refused and left as it is")
    func foreignDatabase() async throws {
        let folder = try StateFolder(holding: Data())
        try await folder.edit("CREATE TABLE bookmarks (url TEXT)")
        let before = try folder.bytes(of: "state.sqlite")
        await #expect(
            throws: StoreError.corrupt(
                place: folder.database, reason: "it is the SQLite database of another program")
        ) {
            try await folder.open()
        }
        #expect(try folder.bytes(of: "state.sqlite") == before)
    }

    @Test("a database that a crash damaged is refused and left as it is", arguments: [3, 12])
    func damaged(firstPage: Int) async throws {
        let folder = StateFolder()
        let store = try await folder.open()
        try await store.addConnection(records: 90)
        try await store.close()
        try await withReopened(folder) { again in
            try await again.addConnection(2)
            let crashed = try folder.copyAfterCrash()
            try crashed.overwritePages(from: firstPage)
            let names = ["state.sqlite", "state.sqlite-wal"]
            let before = try names.map(crashed.bytes)
            let error = await #expect(throws: StoreError.self) { try await crashed.open() }
            #expect(error?.isCorruption == true)
            #expect(try names.map(crashed.bytes) == before)
        }
    }

    @Test("a database that was damaged after a clean stop is refused and left as it is", arguments: Damage.allCases)
    private func damagedAtRest(_ damage: Damage) async throws {
        let folder = StateFolder()
        let store = try await folder.open()
        try await store.addConnection(records: 2_000)
        _ = try await store.backup(at: noon)
        let backup = try await store.backup(at: noon.advanced(by: .seconds(-60)))
        try await store.close()
        _ = FileManager.default.createFile(atPath: folder.path + "/storage.key", contents: Data(count: 32))
        try damage.apply(to: folder)
        let names = ["state.sqlite", "state.sqlite-wal"].filter {
            FileManager.default.fileExists(atPath: folder.path + "/" + $0)
        }
        let before = try names.map(folder.bytes)
        let error = await #expect(throws: StoreError.self) { try await folder.open() }
        #expect(error?.isCorruption == true, "\(damage)")
        let command = "finetunectl admin restore --state-directory \(folder.path) \(backup.path)"
        #expect(error?.remedy.hasSuffix(command) == true)
        #expect(try names.map(folder.bytes) == before)
    }

    @Test("a large state that was closed in order is looked at later, and its log is emptied from then on")
    func largeState() async throws {
        let folder = StateFolder()
        try await folder.makeLarge()
        let store = try await folder.open()
        #expect(try await store.pagesBeforeCheckpoint() == 0)
        try await store.finishOpening()
        #expect(try await store.pagesBeforeCheckpoint() > 0)
        #expect(try await store.newestID() == id(1))
        try await store.close()
    }

    @Test("a large state that was damaged at rest is told of later, is left as it is, and is refused from then on")
    func damagedLargeState() async throws {
        let folder = StateFolder()
        try await folder.makeLarge()
        try folder.overwritePages(from: 900)
        let before = try folder.bytes(of: "state.sqlite")
        let store = try await folder.open()
        try await store.addConnection(2)
        let error = await #expect(throws: StoreError.self) { try await store.finishOpening() }
        #expect(error?.isCorruption == true)
        #expect(error?.description.contains(folder.database) == true)
        let left = try folder.copyAfterCrash()
        #expect(try left.bytes(of: "state.sqlite") == before)
        let refusal = await #expect(throws: StoreError.self) { try await left.open() }
        #expect(refusal?.isCorruption == true)
    }

    @Test("a look that is given up says nothing against the state")
    func givenUp() async throws {
        let folder = StateFolder()
        try await folder.makeLarge()
        let store = try await folder.open()
        let look = Task { try await store.finishOpening() }
        look.cancel()
        try await look.value
        try await store.close()
    }

    @Test("a log that a crash cut off before its first commit is no damage", arguments: [0, 20, 32, 500])
    func shortLog(size: Int) async throws {
        let folder = StateFolder()
        try await folder.open().close()
        try Data(repeating: 0x2a, count: size).write(to: URL(fileURLWithPath: folder.database + "-wal"))
        try await folder.open().close()
    }

    @Test("a directory that nobody may write to, and what is no directory, is an error of the disk")
    func unwritable() async throws {
        let file = StateFolder()
        try Data().write(to: URL(fileURLWithPath: file.path))
        let error = await #expect(throws: StoreError.self) { try await file.open() }
        guard case .degraded(let reason) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(reason.contains(file.path))
    }

    @Test("whoever asks a closed store is told so")
    func closed() async throws {
        let folder = StateFolder()
        let store = try await folder.open()
        try await store.close()
        await #expect(throws: StoreError.closed) { try await store.insert(connection(1)) }
        await #expect(throws: StoreError.closed) { try await store.connection(id(1)) }
    }

    @Test("the disk is waited for at every commit, and no other process gets in")
    func pragmas() async throws {
        try await withStore { store, _ in
            let settings = try await store.read { db in
                try ["journal_mode", "synchronous", "foreign_keys", "locking_mode"].map {
                    try String.fetchOne(db, sql: "PRAGMA \($0)")
                }
            }
            #expect(settings == ["wal", "2", "1", "exclusive"])
        }
    }
}

/// What may have become of a state while no daemon ran.
private enum Damage: CaseIterable {
    case empty, missing, cutInHalf, cutInAPage, lostItsLastPage, zeroedHeader, zeroedPage, zeroes, text, otherMark
    case strangeLog

    func apply(to folder: StateFolder) throws {
        let url = URL(fileURLWithPath: folder.database)
        var bytes = try Data(contentsOf: url)
        switch self {
        case .empty: bytes = Data()
        case .missing: return try FileManager.default.removeItem(at: url)
        case .cutInHalf: bytes = bytes.prefix(bytes.count / 2)
        case .cutInAPage: bytes = bytes.prefix(bytes.count / 2 + 1_000)
        case .lostItsLastPage: bytes = bytes.dropLast(4_096)
        case .zeroedHeader: bytes.replaceSubrange(0..<100, with: Data(count: 100))
        case .zeroedPage: bytes.replaceSubrange(4_096 * 9..<4_096 * 10, with: Data(count: 4_096))
        case .zeroes: bytes = Data(count: bytes.count)
        case .text: bytes = Data(repeating: 0x2a, count: bytes.count)
        case .otherMark: bytes.replaceSubrange(68..<72, with: Data([1, 2, 3, 4]))
        case .strangeLog:
            return try Data(repeating: 0x2a, count: 9_000).write(to: URL(fileURLWithPath: folder.database + "-wal"))
        }
        try bytes.write(to: url)
    }
}

private func withReopened(_ folder: StateFolder, _ test: (StateStore) async throws -> Void) async throws {
    let store = try await folder.open()
    try await test(store)
    try await store.close()
}

extension StateStore {
    fileprivate func pagesBeforeCheckpoint() async throws -> Int {
        try await read { db in try Int.fetchOne(db, sql: "PRAGMA wal_autocheckpoint") ?? -1 }
    }
}

extension StoreError {
    fileprivate var isCorruption: Bool {
        if case .corrupt = self { true } else { false }
    }
}

extension StateFolder {
    /// Makes a folder whose database file holds these bytes.
    convenience init(holding bytes: Data) throws {
        self.init()
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        try bytes.write(to: URL(fileURLWithPath: database))
    }

    /// Runs SQL on the database behind the store's back. The store has to be closed.
    func edit(_ sql: String) async throws {
        let queue = try DatabaseQueue(path: database)
        try await queue.writeWithoutTransaction { db in try db.execute(sql: sql) }
        try queue.close()
    }

    /// Makes a state so large that a start does not wait for the look at it: some six megabytes.
    func makeLarge() async throws {
        let store = try await open()
        try await store.addConnection()
        try await store.close()
        try await edit("UPDATE database_connections SET metadata = json_object('notes', hex(zeroblob(3000000)))")
    }

    /// Damages every page of the database file from this number on.
    func overwritePages(from first: Int) throws {
        let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: database))
        let size = try handle.seekToEnd()
        try handle.seek(toOffset: UInt64((first - 1) * 4096))
        try handle.write(contentsOf: Data(repeating: 0x55, count: Int(size) - (first - 1) * 4096))
        try handle.close()
    }
}
