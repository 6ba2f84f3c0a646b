/// How a promotion comes about.
package enum PromotionManner: Hashable, Sendable {
    /// Somebody wishes it.
    case wished
    /// An administrator wishes it, whatever the gate says.
    case forced
    /// A finetuning's order said so beforehand, and nobody looks.
    case automatic

    /// What the model has to show, where the alias asks for this.
    package func gate(_ gate: PromotionGate?) -> PromotionGate? {
        switch self {
        case .wished, .forced: gate
        case .automatic: gate ?? .automatic
        }
    }
}
