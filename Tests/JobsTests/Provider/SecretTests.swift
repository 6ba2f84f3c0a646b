import Identifiers
import Jobs
import Testing

@Suite("A secret")
struct SecretTests {
    private static let value = "sk-very-secret-0123456789abcd"
    private let secret = Secret(value)

    private struct Holder {
        var key: Secret
        var keys: [Secret]
        var account: ProviderAccount
        var maybe: Secret?
    }

    @Test("is never seen, however it is printed")
    func hidden() {
        let account = ProviderAccount.own(secret, of: ObjectID(seconds: 1, suffix: 1))
        let holder = Holder(key: secret, keys: [secret], account: account, maybe: secret)
        var dumped = ""
        dump(secret, to: &dumped)
        dump(holder, to: &dumped)
        var printed = ""
        print(secret, holder, [secret: secret], separator: " ", to: &printed)
        debugPrint(secret, holder, to: &printed)
        let texts = [
            "\(secret)", String(describing: secret), String(reflecting: secret), secret.description,
            secret.debugDescription, "\(holder)", String(reflecting: holder), "\(account)",
            String(reflecting: account), dumped, printed,
        ]
        for text in texts {
            #expect(!text.contains("very-secret"))
            #expect(text.contains("•••"))
        }
    }

    @Test("has no children that a mirror shows")
    func mirrored() {
        #expect(Mirror(reflecting: secret).children.isEmpty)
    }

    @Test("gives the one place that sends it its value")
    func revealed() {
        #expect(secret.revealed == Self.value)
    }

    @Test(
        "hints at itself by its last four characters, if it is long enough",
        arguments: [(value, "abcd"), ("123456789012", "9012"), ("12345678901", ""), ("abcd", ""), ("", "")])
    func hint(value: String, hint: String) {
        #expect(Secret(value).hint == hint)
    }
}
