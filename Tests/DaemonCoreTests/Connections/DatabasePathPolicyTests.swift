import Foundation
import Testing

@testable import DaemonCore
@testable import FinetuneAPI

@Suite("paths of databases")
struct DatabasePathPolicyTests {
    private let workplace: Workplace
    private let policy: DatabasePathPolicy

    init() throws {
        workplace = try Workplace()
        let state = workplace.databases + "/state"
        for folder in [state, workplace.path + "/databases-of-others"] {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        }
        for file in ["databases/a b.db", "databases/state/state.sqlite", "elsewhere/x.db", "databases-of-others/x.db"] {
            try workplace.write("x", to: workplace.path + "/" + file)
        }
        let links = ["databases/out.db": "elsewhere/x.db", "elsewhere/in.db": "databases/a b.db"]
        for (link, target) in links {
            try FileManager.default.createSymbolicLink(
                atPath: workplace.path + "/" + link, withDestinationPath: workplace.path + "/" + target)
        }
        policy = DatabasePathPolicy(
            allowed: [workplace.path + "/no-such-folder", workplace.databases], stateDirectory: state)
    }

    @Test(
        "a path is told by where it leads",
        arguments: ["databases/a%20b.db", "databases/../databases/a b.db", "elsewhere/in.db"])
    func aPathInsideIsAdmitted(_ path: String) throws {
        #expect(try policy.admit("sqlite://\(workplace.path)/\(path)") == workplace.databases + "/a b.db")
    }

    @Test(
        "a path outside, into the state or to nothing is refused",
        arguments: [
            "elsewhere/x.db", "databases/out.db", "databases/../elsewhere/x.db", "databases-of-others/x.db",
            "databases/state/state.sqlite", "databases/state", "databases/none.db",
        ])
    func aPathOutsideIsRefused(_ path: String) throws {
        let error = try #require(throws: APIError.self) { try policy.admit("sqlite://\(workplace.path)/\(path)") }
        #expect(error.code == .invalidDatabaseConnection)
        #expect(error.detail["path"] == .string("\(workplace.path)/\(path)"))
    }

    @Test(
        "what names no absolute path is refused",
        arguments: ["sqlite://", "sqlite:///", "sqlite://a.db", "sqlite:///%00", "sqlite:///%zz", "mysql:///a"])
    func whatIsNoPathIsRefused(_ uri: String) throws {
        let error = try #require(throws: APIError.self) { try policy.admit(uri) }
        #expect(error.code == .invalidDatabaseURIFormat)
    }

    @Test("where the root is allowed, everything but the state is")
    func theRootCanBeAllowed() throws {
        let policy = DatabasePathPolicy(allowed: ["/"], stateDirectory: workplace.databases + "/state")
        #expect(try policy.admit("sqlite://\(workplace.path)/elsewhere/x.db") == workplace.path + "/elsewhere/x.db")
        #expect(throws: APIError.self) { try policy.admit("sqlite://\(workplace.databases)/state/state.sqlite") }
    }
}
