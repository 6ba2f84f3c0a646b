import Jobs
import Synchronization

/// The plans that were shown last: an order that one of them was agreed to for is told what changed since.
final class ShownPlans: Sendable {
    /// What an order says of a plan that it does not meet.
    struct Plan: Sendable {
        let sha256: String
        let trainingSHA256: String
        /// What training was to cost.
        let estimate: CostEstimate
        /// The alias that was to stand for the model.
        let promotesTo: ModelAlias?
        /// What measuring it was to take, where it was to be promoted by itself.
        let measuring: PlannedMeasuring?

        init(_ plan: OrderPlan) {
            sha256 = plan.sha256
            trainingSHA256 = plan.trainingSHA256
            estimate = plan.estimate
            promotesTo = plan.order.promotesTo
            measuring = plan.measuring
        }
    }

    // Whoever agrees to a plan has it before their eyes; a program that plans without end forgets its own.
    private static let kept = 1_000

    private let plans = Mutex<[Plan]>([])

    /// Notes that a plan is shown.
    func note(_ plan: OrderPlan) {
        let shown = Plan(plan)
        plans.withLock { plans in
            plans.removeAll { $0.sha256 == shown.sha256 }
            if plans.count == Self.kept { plans.removeFirst() }
            plans.append(shown)
        }
    }

    /// The plan of this SHA-256, if it was shown lately.
    subscript(_ sha256: String) -> Plan? {
        plans.withLock { $0.last { $0.sha256 == sha256 } }
    }
}
