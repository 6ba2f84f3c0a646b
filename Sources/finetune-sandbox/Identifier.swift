/// A new identifier in the provider's manner: a prefix and random letters and digits.
func randomIdentifier(prefix: String, length: Int = 24) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
    return prefix + String((0..<length).map { _ in alphabet[Int.random(in: alphabet.indices)] })
}
