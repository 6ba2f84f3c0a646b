import Jobs
import Synchronization

/// The model catalogue, which a reload may replace.
final class CurrentCatalogue: Sendable {
    private let catalogue: Mutex<ModelCatalogue>

    init(_ catalogue: ModelCatalogue) {
        self.catalogue = Mutex(catalogue)
    }

    /// The catalogue as it is now.
    var now: ModelCatalogue {
        catalogue.withLock { $0 }
    }

    func replace(with catalogue: ModelCatalogue) {
        self.catalogue.withLock { $0 = catalogue }
    }
}
