import FoundationEssentials
import NIOHTTP1

/// The contract's `Model`.
struct ModelObject: Encodable {
    let id: String
    let object = "model"
    let created: Int
    let ownedBy: String

    enum CodingKeys: String, CodingKey {
        case id, object, created
        case ownedBy = "owned_by"
    }
}

/// Who answers under a model's name.
enum AnsweringModel {
    case base
    /// The tuned model, or a checkpoint of it: then only the examples seen by that step count.
    case tuned(Training, seen: Int)

    func answer(to question: String) -> (text: String, probability: Double) {
        switch self {
        case .base: (BaseModel.untrainedAnswer, 1)
        case .tuned(let training, let seen): training.model.confidentAnswer(to: question, seen: seen)
        }
    }
}

extension Sandbox {
    /// Base models, then tuned ones; checkpoints answer, but are not listed, as at the provider.
    var allModels: [ModelObject] {
        let time = now
        let tuned = jobs.items.filter { $0.result(at: time) != nil && !deletedModels.contains($0.modelName) }
        return BaseModel.names.map(object(ofBaseModel:)) + tuned.map { object(ofModelBy: $0, named: $0.modelName) }
    }

    func model(_ name: String) throws(APIError) -> ModelObject {
        if BaseModel(named: name) != nil { return object(ofBaseModel: name) }
        guard let (job, _) = tuned(name) else { throw .modelNotFound(name) }
        return object(ofModelBy: job, named: name)
    }

    func deleteModel(_ name: String) throws(APIError) -> Response {
        guard BaseModel(named: name) == nil else {
            throw APIError(
                status: .forbidden, type: "invalid_request_error", code: nil, param: nil,
                message: "You have insufficient permissions to delete the base model '\(name)'.")
        }
        guard tuned(name) != nil else { throw .modelNotFound(name) }
        deletedModels.insert(name)
        return .json(DeletionObject(id: name, object: "model"))
    }

    func answeringModel(_ name: String) throws(APIError) -> AnsweringModel {
        if BaseModel(named: name) != nil { return .base }
        guard let (_, model) = tuned(name) else { throw .modelNotFound(name) }
        return model
    }

    private func tuned(_ name: String) -> (FineTuningJob, AnsweringModel)? {
        guard !deletedModels.contains(name), let job = jobs.items.first(where: { name.hasPrefix($0.modelName) }) else {
            return nil
        }
        let time = now
        if name == job.modelName, let training = job.result(at: time) {
            return (job, .tuned(training, seen: training.model.examples.count))
        }
        guard let training = job.timeline.training else { return nil }
        for case .checkpoint(let step) in job.checkpoints(until: time).map(\.kind)
        where job.checkpointName(step: step) == name {
            return (job, .tuned(training, seen: training.schedule.seen(afterStep: step)))
        }
        return nil
    }

    private func object(ofBaseModel name: String) -> ModelObject {
        ModelObject(id: name, created: unixTime(clock.date(of: 0)), ownedBy: "sandbox")
    }

    private func object(ofModelBy job: FineTuningJob, named name: String) -> ModelObject {
        let created = clock.date(of: job.finishTime(at: now) ?? now)
        return ModelObject(id: name, created: unixTime(created), ownedBy: "user-sandbox")
    }
}
