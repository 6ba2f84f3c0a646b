/// How far apart two spellings are.
package enum EditDistance {
    /// The fewest bytes that are put in, taken out, changed or swapped with their neighbour to make one of the other.
    /// Takes time and room by the product of both lengths: callers bound these.
    package static func between(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var beforeLast: [Int] = []
        var last = Array(0...right.count)
        for row in left.indices {
            var current = [row + 1]
            for column in right.indices {
                let replaced = last[column] + (left[row] == right[column] ? 0 : 1)
                current.append(min(replaced, last[column + 1] + 1, current[column] + 1))
                let isSwap =
                    row > 0 && column > 0 && left[row] == right[column - 1] && left[row - 1] == right[column]
                if isSwap { current[column + 1] = min(current[column + 1], beforeLast[column - 1] + 1) }
            }
            (beforeLast, last) = (last, current)
        }
        return last[right.count]
    }
}
