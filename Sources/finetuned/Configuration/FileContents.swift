import FoundationEssentials

/// The bytes of a small file; `nil` if there is no such file.
func contents(ofFile path: String) throws(InvalidConfiguration) -> [UInt8]? {
    do {
        return Array(try Data(contentsOf: URL(filePath: path)))
    } catch let error as CocoaError where error.code == .fileReadNoSuchFile {
        return nil
    } catch let error as CocoaError where error.code == .fileReadNoPermission {
        throw InvalidConfiguration(path, "may not be read by this user")
    } catch {
        throw InvalidConfiguration(path, "cannot be read")
    }
}
