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
        "name what restarts the daemon, and what has it read its files again",
        arguments: [
            (
                ["NOTIFY_SOCKET": "/run/systemd/notify"], "systemctl restart finetuned", "systemctl reload finetuned"
            ),
            (
                ["NOTIFY_SOCKET": "/run/user/1000/systemd/notify", "XDG_RUNTIME_DIR": "/run/user/1000"],
                "systemctl --user restart finetuned", "systemctl --user reload finetuned"
            ),
            (["XDG_RUNTIME_DIR": "/run/user/1000"], "restart the daemon", "kill -HUP 42"),
        ] as [([String: String], String, String)])
    func commands(environment: [String: String], restart: String, reload: String) {
        let surroundings = Surroundings(environment: environment, userID: 1_000, processID: 42)
        #expect(surroundings.restartCommand == restart && surroundings.reloadCommand == reload)
    }

    @Test("name no process of a container's, which has another number outside")
    func container() {
        let surroundings = Surroundings(environment: [:], userID: 0, processID: 1)
        #expect(surroundings.reloadCommand == "send SIGHUP to the daemon")
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
