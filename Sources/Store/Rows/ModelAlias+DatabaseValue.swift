import GRDB
import Jobs

// Stored as the name itself.
extension ModelAlias: DatabaseValueConvertible {}
