import NIOHTTP1

/// A fault for the requests that match, after `skip` of them, `times` times.
struct FaultRule: Equatable, Sendable {
    /// `nil`: every method.
    var method: String?
    var path = PathPattern(text: "*")
    var skip = 0
    var times = 1
    var fault: Fault

    func matches(method: HTTPMethod, path: String) -> Bool {
        (self.method ?? method.rawValue) == method.rawValue && self.path.matches(path)
    }
}

/// The rules in the order in which they were added. The first that fires decides; each rule that matches but
/// still skips counts the request and lets later rules look at it.
struct FaultRules: Equatable, Sendable {
    private(set) var rules: [FaultRule] = []

    mutating func add(_ rule: FaultRule) {
        rules.append(rule)
    }

    /// The fault for a request, which is thereby spent.
    mutating func take(method: HTTPMethod, path: String) -> Fault? {
        for index in rules.indices where rules[index].matches(method: method, path: path) {
            guard rules[index].skip == 0 else {
                rules[index].skip -= 1
                continue
            }
            let fault = rules[index].fault
            rules[index].times -= 1
            if rules[index].times == 0 { rules.remove(at: index) }
            return fault
        }
        return nil
    }
}
