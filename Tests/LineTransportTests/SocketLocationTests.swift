import LineTransport
import Testing

@Suite("Socket location")
struct SocketLocationTests {
    @Test(
        "the option comes before the environment, which comes before the usual places; empty values count as none",
        arguments: [
            ("/o", ["FINETUNED_SOCKET": "/e", "XDG_RUNTIME_DIR": "/run/user/1"], ["/o"]),
            (nil, ["FINETUNED_SOCKET": "/e", "XDG_RUNTIME_DIR": "/run/user/1"], ["/e"]),
            ("", ["FINETUNED_SOCKET": "/e"], ["/e"]),
            (
                nil, ["FINETUNED_SOCKET": "", "XDG_RUNTIME_DIR": "/run/user/1"],
                ["/run/finetuned/finetuned.sock", "/run/user/1/finetuned/finetuned.sock"]
            ),
            (nil, ["XDG_RUNTIME_DIR": ""], ["/run/finetuned/finetuned.sock"]),
        ] as [(String?, [String: String], [String])])
    func order(option: String?, environment: [String: String], paths: [String]) {
        #expect(SocketLocation(option: option, environment: environment).paths == paths)
    }

    @Test("without any path there is no daemon")
    func nowhere() async {
        await #expect(throws: ClientError.unreachable(path: "", reason: "no path was named")) {
            try await FinetuneClient.connect(to: .usual([]))
        }
    }
}
