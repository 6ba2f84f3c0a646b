/// A failed job's `error`.
struct JobFailure: Error, Equatable, Encodable, Sendable {
    var code: String
    var message: String
    @ExplicitNull var param: String?

    init(code: String, message: String, param: String? = nil) {
        self.code = code
        self.message = message
        _param = ExplicitNull(wrappedValue: param)
    }

    static func == (left: JobFailure, right: JobFailure) -> Bool {
        (left.code, left.message, left.param) == (right.code, right.message, right.param)
    }
}
