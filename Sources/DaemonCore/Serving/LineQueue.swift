/// Gives things back in the order in which they were expected, whenever each arrives.
struct LineQueue<Line> {
    private var first = 0
    private var lines: [Line?] = []

    /// Whether nothing is expected that was not given back.
    var isEmpty: Bool { lines.isEmpty }

    /// Takes a place for something that will come. Returns its number.
    mutating func expect() -> Int {
        lines.append(nil)
        return first + lines.count - 1
    }

    /// What was expected under this number has come.
    mutating func fill(_ number: Int, with line: Line) {
        lines[number - first] = line
    }

    /// The next in order, if it has come.
    mutating func next() -> Line? {
        guard let line = lines.first, let line else { return nil }
        lines.removeFirst()
        first += 1
        return line
    }
}
