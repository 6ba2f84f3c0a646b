import Testing

@testable import finetuned

@Suite("Default places")
struct SurroundingsTests {
    @Test(
        "follow systemd, then who runs the daemon",
        arguments: [
            (["RUNTIME_DIRECTORY": "/run/finetuned"], 999, "/run/finetuned/finetuned.sock"),
            (["RUNTIME_DIRECTORY": "/run/user/1000/finetuned"], 1_000, "/run/user/1000/finetuned/finetuned.sock"),
            ([:], 0, "/run/finetuned/finetuned.sock"),
            (["XDG_RUNTIME_DIR": "/run/user/1000"], 1_000, "/run/user/1000/finetuned/finetuned.sock"),
            ([:], 1_000, "/run/user/1000/finetuned/finetuned.sock"),
        ] as [([String: String], UInt32, String)])
    func socket(environment: [String: String], userID: UInt32, path: String) throws {
        #expect(Surroundings(environment: environment, userID: userID).socketPath == path)
    }

    @Test(
        "name the manager that restarts the daemon",
        arguments: [
            (["NOTIFY_SOCKET": "/run/systemd/notify"], "systemctl restart finetuned"),
            (
                ["NOTIFY_SOCKET": "/run/user/1000/systemd/notify", "XDG_RUNTIME_DIR": "/run/user/1000"],
                "systemctl --user restart finetuned"
            ),
            (["XDG_RUNTIME_DIR": "/run/user/1000"], "restart the daemon"),
        ] as [([String: String], String)])
    func restart(environment: [String: String], command: String) {
        #expect(Surroundings(environment: environment, userID: 1_000).supervisor.command("restart") == command)
    }

    @Test(
        "keep the state where systemd says, else in the user's own state",
        arguments: [
            (["STATE_DIRECTORY": "/var/lib/finetuned:/var/lib/other"], 999, "/var/lib/finetuned"),
            ([:], 0, "/var/lib/finetuned"),
            (["XDG_STATE_HOME": "/home/ada/state", "HOME": "/home/ada"], 1_000, "/home/ada/state/finetuned"),
            (["HOME": "/home/ada"], 1_000, "/home/ada/.local/state/finetuned"),
        ] as [([String: String], UInt32, String)])
    func state(environment: [String: String], userID: UInt32, path: String) throws {
        #expect(Surroundings(environment: environment, userID: userID).stateDirectory == path)
    }
}
