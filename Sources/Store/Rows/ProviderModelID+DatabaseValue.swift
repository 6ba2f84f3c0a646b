import GRDB
import Jobs

// Stored as the provider's own word.
extension ProviderModelID: DatabaseValueConvertible {}
