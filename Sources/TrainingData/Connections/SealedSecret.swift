/// A secret as it is stored: encrypted, with a hint by which its owner recognises it.
package struct SealedSecret: Hashable, Sendable {
    /// The encrypted bytes, in the form that whoever sealed them chose.
    package var ciphertext: [UInt8]
    /// The last four characters of the secret, or fewer where it is too short to show four.
    package var hint: String

    /// Keeps what sealing a secret gave.
    package init(ciphertext: [UInt8], hint: String) {
        self.ciphertext = ciphertext
        self.hint = hint
    }
}

extension SealedSecret: CustomStringConvertible, CustomReflectable {
    /// `…abcd`: the hint, as clients read the secret back.
    package var description: String { "…" + hint }

    /// Shows nothing but the hint, so that a dump of whatever holds the secret gives nothing away.
    package var customMirror: Mirror { Mirror(self, children: ["hint": hint]) }
}
