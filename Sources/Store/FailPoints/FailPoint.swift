#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif
import Synchronization

/// A place at which a test lets the daemon die as from SIGKILL, or a thread of it get stuck or take its time: before or
/// after a step that others can see.
///
/// All of them are listed here. They are compiled into every build, so that what is tested is what runs; without
/// the environment variable each costs one relaxed load. `contrib/crash` goes through them to die, and
/// `contrib/systemd` to get stuck and to take long.
package struct FailPoint: Hashable, Sendable {
    /// The steps: commits of the state, calls to a provider, what the watchdog asks for, and the change of the schema.
    package enum Step: String, CaseIterable, Sendable {
        case accepted = "commit.accepted"
        case datasetBuilt = "commit.dataset_built"
        case datasetImpossible = "commit.dataset_impossible"
        case datasetFailed = "commit.dataset_failed"
        case uploadBegun = "commit.upload_begun"
        case uploaded = "commit.uploaded"
        case uploadFailed = "commit.upload_failed"
        case fileFound = "commit.file_found"
        case fileChecked = "commit.file_checked"
        case submitBegun = "commit.submit_begun"
        case submitted = "commit.submitted"
        case submitFailed = "commit.submit_failed"
        case jobFound = "commit.job_found"
        case polled = "commit.polled"
        case ended = "commit.ended"
        case inquiryFailed = "commit.inquiry_failed"
        case cancelRequested = "commit.cancel_requested"
        case cancelAnswered = "commit.cancel_answered"
        case keyReplaced = "commit.key_replaced"
        case deleted = "commit.deleted"
        case removed = "commit.removed"
        case promotionEvaluated = "commit.promotion_evaluated"
        case answerKept = "commit.answer_kept"
        case promotionSettled = "commit.promotion_settled"
        case uploadCall = "call.upload"
        case fileCall = "call.file"
        case filesCall = "call.files"
        case createJobCall = "call.create_job"
        case jobCall = "call.job"
        case jobsCall = "call.jobs"
        case cancelJobCall = "call.cancel_job"
        case eventsCall = "call.events"
        case checkpointsCall = "call.checkpoints"
        case deleteFileCall = "call.delete_file"
        case signOfLife = "store.sign_of_life"
        case heartbeat = "socket.heartbeat"
        case turn = "scheduler.turn"
        case migration = "store.migration"
    }

    /// On which side of the step.
    package enum Side: String, CaseIterable, Sendable {
        /// All is ready, and the step is not taken: a commit's rows are written and not committed.
        case before
        /// The step is taken, and nothing after it.
        case after
    }

    /// What happens there.
    enum Effect: Hashable, Sendable {
        /// The process gets SIGKILL.
        case death
        /// The thread waits for ever, and whatever needs it.
        case hang
        /// The thread waits so many seconds, and goes on.
        case delay(seconds: UInt32)

        /// Reads `hang`, or `8s` for a delay.
        init?(_ text: String) {
            if text == "hang" {
                self = .hang
            } else if text.hasSuffix("s"), let seconds = UInt32(text.dropLast()) {
                self = .delay(seconds: seconds)
            } else {
                return nil
            }
        }
    }

    let step: Step
    let side: Side
    /// At which time it is come by, from 1.
    let passage: Int
    let effect: Effect
}

extension FailPoint {
    /// The environment variable that arms one.
    package static let variable = "FINETUNED_FAIL_POINT"

    /// The names of all, as the variable takes them.
    package static var names: [String] {
        Step.allCases.flatMap { step in Side.allCases.map { "\(step.rawValue).\($0.rawValue)" } }
    }

    /// Reads `commit.uploaded.before`, or `commit.polled.after:3` for the third time, or `commit.polled.after=hang`, or
    /// `store.migration.before=8s` for a delay; nothing for any other text.
    package init?(_ text: String) {
        let sides = text.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
        guard sides.count <= 2, let effect = sides.count == 1 ? .death : Effect(sides[1]) else { return nil }
        let parts = sides[0].split(separator: ":", omittingEmptySubsequences: false)
        let words = parts[0].split(separator: ".").map(String.init)
        guard parts.count <= 2, words.count == 3, let step = Step(rawValue: "\(words[0]).\(words[1])"),
            let side = Side(rawValue: words[2]), let passage = parts.count == 1 ? 1 : Int(parts[1]), passage > 0
        else { return nil }
        self.init(step: step, side: side, passage: passage, effect: effect)
    }

    private struct Armed {
        let point: FailPoint
        var passagesLeft: Int
    }

    private static let isArmed = Atomic(false)
    private static let armed = Mutex<Armed?>(nil)

    /// Lets it happen at the point.
    package static func arm(_ point: FailPoint) {
        armed.withLock { $0 = Armed(point: point, passagesLeft: point.passage) }
        isArmed.store(true, ordering: .relaxed)
    }

    /// The process is on this side of the step, and goes no further if a test wants it so.
    package static func pass(_ step: Step, _ side: Side) {
        guard isArmed.load(ordering: .relaxed) else { return }
        let effect: Effect? = armed.withLock { armed in
            guard let point = armed?.point, point.step == step, point.side == side else { return nil }
            armed?.passagesLeft -= 1
            return armed?.passagesLeft == 0 ? point.effect : nil
        }
        switch effect {
        case nil: return
        case .death: kill(getpid(), SIGKILL)
        case .hang: while true { pause() }
        case .delay(let seconds): sleep(seconds)
        }
    }
}
