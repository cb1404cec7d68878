// SPDX-License-Identifier: Apache-2.0
// gesture-import-rig EXTENSION: reads a character file of others (.fbx, .glb, .gltf, .dae) from
// descriptor 3 with Assimp, writes it to descriptor 4 as core/interchange/import/scene_wire.h says,
// and a line to standard output: "done", or an error code's number and a sentence. Locks itself in
// before it reads the first byte. Started by core/interchange/import/rig_client.h.
#include "app/rig_import/assimp_reader.h"
#include "app/rig_import/rig_scene.h"
#include "core/base/sandbox.h"
#include "core/interchange/import/rig_client.h"
#include "core/interchange/import/scene_wire.h"

#include <cerrno>
#include <cstring>
#include <exception>
#include <fmt/format.h>
#include <span>
#include <string>
#include <string_view>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>
#include <vector>

namespace gesture::app {
namespace {

constexpr int kInput = 3;
constexpr int kOutput = 4;
constexpr std::uint64_t kMiB = std::uint64_t{1} << 20;
/// Program and libraries.
constexpr std::uint64_t kBaseMemory = 1024 * kMiB;
/// Texts and compressed arrays grow when they are read.
constexpr std::uint64_t kMemoryPerByte = 40;
constexpr std::uint64_t kOutputPerByte = 64;
constexpr std::uint64_t kBytesPerSecond = 1'000'000;

Status writeAll(int descriptor, std::span<const std::byte> bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0)
            return Error{ErrorCode::Io,
                         fmt::format("It cannot be handed over: {}.", std::strerror(errno))};
        bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
    return Status::success();
}

Result<std::vector<std::byte>> readAll(std::size_t size) {
    std::vector<std::byte> bytes(size);
    std::size_t filled = 0;
    while (filled < size) {
        const ssize_t count = ::read(kInput, bytes.data() + filled, size - filled);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return Error{ErrorCode::Io, "It cannot be read to its end."};
        filled += static_cast<std::size_t>(count);
    }
    return bytes;
}

SandboxLimits limitsFor(std::uint64_t inputBytes) {
    constexpr std::chrono::seconds kBaseTime{60};
    return {kBaseMemory + kMemoryPerByte * inputBytes,
            kBaseTime + std::chrono::seconds(inputBytes / kBytesPerSecond),
            kOutputPerByte * inputBytes + 256 * kMiB};
}

Status import(const std::string& extension) {
    struct stat status {};
    if (::fstat(kInput, &status) != 0 || !S_ISREG(status.st_mode))
        return Error{ErrorCode::Io, "It is no file."};
    const auto size = static_cast<std::uint64_t>(status.st_size);
    if (size > interchange::kMaxRigBytes)
        return Error{ErrorCode::LimitExceeded, "It is larger than this program accepts (1 GiB)."};
    AssimpReader reader;
    if (Status locked = enterSandbox(limitsFor(size)); !locked) return locked;
    const auto bytes = readAll(size);
    if (!bytes) return Error(bytes.error());
    const auto source = reader.read(*bytes, extension);
    if (!source) return Error(source.error());
    const auto scene = convertScene(**source, extension);
    if (!scene) return Error(scene.error());
    return writeAll(kOutput, interchange::encodeScene(*scene));
}

Status guarded(const std::string& extension) {
    try {
        return import(extension);
    } catch (const std::bad_alloc&) {
        return Error{ErrorCode::LimitExceeded, "It needs more memory than a file of its size may."};
    } catch (const std::exception&) {
        return Error{ErrorCode::InvalidInput, "It is damaged."};
    }
}

int run(const std::string& extension) {
    const Status status = guarded(extension);
    const std::string line =
        status ? std::string("done") : interchange::rigFailureLine(status.error());
    const bool printed = writeAll(STDOUT_FILENO, std::as_bytes(std::span(line))).ok();
    return status && printed ? 0 : 1;
}

} // namespace
} // namespace gesture::app

int main(int count, char** arguments) {
    using namespace std::string_view_literals;
    const std::string_view extension = count == 2 ? arguments[1] : ""sv;
    if (extension != ".fbx" && extension != ".glb" && extension != ".gltf" && extension != ".dae") {
        constexpr auto kUsage = "gesture-import-rig is started by gesture and gesture-studio: see "
                                "\"gesture retarget --help\".\n"sv;
        return ::write(STDERR_FILENO, kUsage.data(), kUsage.size()) > 0 ? 2 : 1;
    }
    const int status = gesture::app::run(std::string(extension));
    // Destructors of libraries may do what the sandbox forbids.
    ::_exit(status);
}
