import Testing

@testable import TrainingData

@Suite("A sealed secret")
struct SealedSecretTests {
    @Test("shows its hint and nothing else, however it is printed")
    func showsOnlyItsHint() {
        let secret = SealedSecret(ciphertext: [222, 173, 190, 239], hint: "wxyz")
        var dumped = ""
        dump(secret, to: &dumped)
        #expect("\(secret)" == "…wxyz")
        #expect(!dumped.contains("222"))
        #expect(!String(reflecting: secret).contains("222"))
    }
}
