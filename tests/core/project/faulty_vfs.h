// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace gesture::test {

/// Something that SQLite did to a file.
struct FileOperation {
    enum class Kind { Write, Truncate, Sync, Delete, Mark };
    Kind kind = Kind::Write;
    std::string file; ///< Its name without folders.
    std::int64_t offset = 0;
    std::vector<std::byte> bytes; ///< Of a write.
    std::int64_t mark = 0;        ///< Put there by the test.
};

/// A layer between SQLite and the system's files, chosen by its name as OpenOptions::vfs, that
/// fails on demand and writes down what reaches the disk. One for the whole program: tests use it
/// in turn.
class FaultyVfs {
public:
    static FaultyVfs& instance();
    [[nodiscard]] static const char* name() { return "gesture-faulty"; }

    enum class Fault { None, Full, Io, ShortWrite };
    /// The writing call number `call` from now on (0: the next one) fails, and all after it if
    /// `lasting`.
    void failAt(std::int64_t call, Fault fault, bool lasting);
    void heal() { fault_ = Fault::None; }
    /// Whether the call was reached.
    [[nodiscard]] bool failed() const { return failed_; }

    void startRecording();
    [[nodiscard]] std::vector<FileOperation> stopRecording();
    /// Notes where in the recording the test is.
    void mark(std::int64_t number);

    // For the layer itself.
    [[nodiscard]] Fault nextFault();
    void record(FileOperation operation);

private:
    FaultyVfs();

    Fault fault_ = Fault::None;
    std::int64_t countdown_ = 0;
    bool lasting_ = false;
    bool failed_ = false;
    bool recording_ = false;
    std::vector<FileOperation> operations_;
};

} // namespace gesture::test
