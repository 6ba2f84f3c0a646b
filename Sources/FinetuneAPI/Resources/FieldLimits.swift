/// The limits of single fields, which the daemon enforces and its OpenAPI document tells.
public enum FieldLimits {
    /// How long a name may be, in characters, white space around it not counted.
    public static let nameLength = 1...128
    /// How long a note on what was done may be, in characters.
    public static let noteLength = 1...1_000
    /// How many elements a page may have.
    public static let pageSize = 1...1_000
    /// How many elements a page has where nothing is said.
    public static let usualPageSize = 10
    /// The greatest share of golden records that can be held out from training.
    public static let largestValidationFraction = 0.5
}
