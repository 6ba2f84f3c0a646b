import Glibc
import Identifiers
import Store
import Testing

extension TestDaemon {
    /// Does something while the store answers nobody, by a change of this table that does not end before.
    func holdingStore(by table: ObjectID, _ work: () async throws -> Void) async throws {
        var ends: [CInt] = [0, 0]
        try #require(pipe(&ends) == 0)
        let (waiting, releasing) = (ends[0], ends[1])
        let began = Gate()
        async let change = store.updateTable(table) { _ in
            began.open()
            var byte: UInt8 = 0
            _ = Glibc.read(waiting, &byte, 1)
        }
        await began.pass()
        do {
            try await work()
        } catch {
            close(releasing)
            throw error
        }
        close(releasing)
        _ = try await change
        close(waiting)
    }
}
