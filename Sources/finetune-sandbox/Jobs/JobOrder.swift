/// What a client orders with `POST /fine_tuning/jobs`, checked key by key.
struct JobOrder: Equatable, Sendable {
    /// The base model under its dated name.
    var model: String
    var trainingFile: String
    var validationFile: String?
    var hyperparameters = Hyperparameters()
    var suffix: String?
    var seed: Int?
    var metadata: [String: String]?

    private static let keys: Set = [
        "model", "training_file", "validation_file", "hyperparameters", "method", "suffix", "seed", "metadata",
        "integrations",
    ]

    init(_ object: RequestObject) throws(APIError) {
        try object.allowOnly(Self.keys)
        let name = try object.requiredString("model")
        guard let model = BaseModel(named: name) else { throw .modelNotFound(name) }
        self.model = model.id
        trainingFile = try object.requiredString("training_file")
        validationFile = try object.string("validation_file")
        hyperparameters = try Self.hyperparameters(of: object)
        suffix = try Self.suffix(of: object)
        seed = try object.integer("seed", in: 0...2_147_483_647)
        metadata = try Self.metadata(of: object)
        guard try object.array("integrations")?.isEmpty ?? true else {
            throw .badRequest("The sandbox has no integrations.", param: "integrations")
        }
    }

    private static func hyperparameters(of object: RequestObject) throws(APIError) -> Hyperparameters {
        let deprecated = try object.object("hyperparameters")
        guard let method = try object.object("method") else {
            return try deprecated.map { (object) throws(APIError) in try Hyperparameters(object) } ?? Hyperparameters()
        }
        guard deprecated == nil else {
            throw .badRequest("Send either 'method' or 'hyperparameters', not both.", param: "hyperparameters")
        }
        try method.allowOnly(["type", "supervised"])
        let type = try method.requiredString("type")
        guard type == "supervised" else {
            throw .badRequest(
                "The method '\(type)' is not available; the sandbox knows 'supervised'.", code: "invalid_value",
                param: "method.type")
        }
        guard let supervised = try method.object("supervised") else { return Hyperparameters() }
        try supervised.allowOnly(["hyperparameters"])
        guard let parameters = try supervised.object("hyperparameters") else { return Hyperparameters() }
        return try Hyperparameters(parameters)
    }

    private static func suffix(of object: RequestObject) throws(APIError) -> String? {
        guard let suffix = try object.string("suffix") else { return nil }
        guard (1...64).contains(suffix.count) else {
            throw .badRequest(
                "Invalid 'suffix': it must have between 1 and 64 characters.", code: "string_above_max_length",
                param: "suffix")
        }
        return suffix
    }

    private static func metadata(of object: RequestObject) throws(APIError) -> [String: String]? {
        guard let pairs = try object.object("metadata") else { return nil }
        guard pairs.fields.count <= 16 else {
            throw .badRequest("Invalid 'metadata': it has more than 16 pairs.", param: "metadata")
        }
        var metadata: [String: String] = [:]
        for key in pairs.fields.keys.sorted() {
            let value = try pairs.requiredString(key)
            guard key.count <= 64, value.count <= 512 else {
                throw .badRequest(
                    "Invalid 'metadata': a key may have 64 characters and a value 512.", param: "metadata")
            }
            metadata[key] = value
        }
        return metadata
    }
}
