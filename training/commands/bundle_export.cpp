// SPDX-License-Identifier: Apache-2.0
#include "training/commands/bundle_export.h"

#include "core/base/atomic_file.h"
#include "core/base/sha256.h"
#include "core/io/bundle/bundle.h"
#include "core/models/bundle/tensor_list.h"
#include "training/loop/tensor_file.h"

#include <ATen/core/grad_mode.h>
#include <ATen/ops/round.h>
#include <ATen/ops/where.h>
#include <fmt/format.h>
#include <unistd.h>

#include <map>

namespace gesture::training {

namespace {

namespace fs = std::filesystem;

constexpr double kLargestInt8 = 127.0;

/// Whole numbers and the factor of each row of the first axis.
struct RowsOfInt8 {
    at::Tensor numbers;
    at::Tensor scale; ///< (rows)
};

RowsOfInt8 roundRows(const at::Tensor& tensor) {
    const at::Tensor rows = tensor.detach().to(at::kCPU, at::kFloat).contiguous();
    const at::Tensor flat = rows.view({rows.size(0), -1});
    const at::Tensor largest = flat.abs().amax(1);
    const at::Tensor scale = at::where(largest > 0, largest / kLargestInt8, 1.0).to(at::kFloat);
    const at::Tensor numbers =
        at::round(flat / scale.unsqueeze(1)).clamp(-kLargestInt8, kLargestInt8);
    return {numbers.to(at::kChar).view(rows.sizes()), scale};
}

bool goesToInt8(const at::Tensor& tensor) {
    return tensor.is_floating_point() && tensor.dim() >= 2 && tensor.numel() > tensor.size(0);
}

std::map<std::string, io::TensorData> storedTensors(const std::vector<NamedTensor>& tensors,
                                                    ExportPrecision precision) {
    const at::NoGradGuard noGradients;
    std::map<std::string, io::TensorData> stored;
    for (const NamedTensor& named : tensors) {
        if (precision == ExportPrecision::Int8 && goesToInt8(named.tensor)) {
            const RowsOfInt8 rows = roundRows(named.tensor);
            stored[named.name] = contentsOf(rows.numbers);
            stored[named.name + std::string(models::kScaleSuffix)] = contentsOf(rows.scale);
        } else {
            stored[named.name] = contentsOf(named.tensor);
        }
    }
    return stored;
}

/// Which networks make motion of speech there, where one of them is among these.
std::optional<io::Architecture> architectureOf(const std::vector<ExportedNetwork>& networks) {
    for (const ExportedNetwork& network : networks) {
        if (network.entry.kind == "echomask") return io::Architecture::EchoMask;
        if (network.entry.kind == "emage") return io::Architecture::Emage;
        if (network.entry.kind.starts_with("semtalk")) return io::Architecture::SemTalk;
    }
    return std::nullopt;
}

fs::path manifestPath(const fs::path& folder) { return folder / io::kManifestFile; }

/// The manifest to begin with: the base's, the target's, or a new one.
Result<io::BundleManifest> startManifest(const BundleExport& job, fs::path& base) {
    std::error_code code;
    const bool targetThere = fs::exists(job.target, code);
    if (targetThere && !fs::exists(manifestPath(job.target), code))
        return Error{ErrorCode::InvalidInput,
                     fmt::format("'{}' is there and is no bundle: give another name with -o.",
                                 job.target.string())};
    base = job.base.empty() && targetThere ? job.target : job.base;
    if (!base.empty()) {
        const auto text = readTextFile(manifestPath(base), io::kMaxManifestBytes);
        if (!text) return Error(text.error()).withContext("There is no bundle to add to");
        auto manifest = io::parseBundleManifest(*text, io::FilesNeeded::No);
        if (manifest && !targetThere) manifest->name = job.name;
        return manifest;
    }
    io::BundleManifest manifest;
    manifest.name = job.name;
    return manifest;
}

Status copyOthers(const io::BundleManifest& manifest, const fs::path& base,
                  const fs::path& folder) {
    for (const std::string& name : manifest.fileNames()) {
        std::error_code code;
        if (fs::exists(folder / name, code)) continue;
        fs::copy_file(base / name, folder / name, code);
        if (code)
            return Error{ErrorCode::Io, fmt::format("Cannot copy '{}': {}.", (base / name).string(),
                                                    code.message())};
    }
    return Status::success();
}

Status describeFiles(io::BundleManifest& manifest, const fs::path& folder) {
    manifest.files.clear();
    for (const std::string& name : manifest.fileNames()) {
        std::error_code code;
        const auto size = fs::file_size(folder / name, code);
        auto hash = sha256OfFile(folder / name);
        if (!hash) return std::move(hash).error();
        manifest.files[name] = {std::move(*hash), size};
    }
    return writeTextAtomically(manifestPath(folder), io::formatBundleManifest(manifest));
}

Status fillFolder(const BundleExport& job, const fs::path& folder, io::BundleManifest& manifest,
                  const fs::path& base, JobControl& control) {
    control.beginStage("Writing networks", static_cast<std::int64_t>(job.networks.size()));
    std::int64_t done = 0;
    for (const ExportedNetwork& network : job.networks) {
        if (control.stopRequested()) return JobControl::cancelled("Exporting");
        io::NetworkEntry entry = network.entry;
        entry.file = network.role + ".safetensors";
        if (auto written = writeNetwork(folder / entry.file, network.tensors, job.precision);
            !written)
            return written;
        manifest.networks[network.role] = std::move(entry);
        control.advanceTo(++done);
    }
    if (auto copied = copyOthers(manifest, base, folder); !copied) return copied;
    return describeFiles(manifest, folder);
}

/// Gives the finished folder its name; what had it goes.
Status takePlace(const fs::path& finished, const fs::path& target) {
    std::error_code code;
    const fs::path old = finished.string() + ".old";
    if (fs::exists(target, code)) fs::rename(target, old, code);
    if (!code) fs::rename(finished, target, code);
    if (code)
        return Error{ErrorCode::Io,
                     fmt::format("Cannot write '{}': {}. It is in '{}'.", target.string(),
                                 code.message(), finished.string())};
    fs::remove_all(old, code);
    return Status::success();
}

} // namespace

Status writeNetwork(const fs::path& file, const std::vector<NamedTensor>& tensors,
                    ExportPrecision precision) {
    return io::writeSafetensorsFile(file, storedTensors(tensors, precision));
}

Result<ExportedBundle> exportBundle(const BundleExport& job, JobControl& control) {
    fs::path base;
    auto manifest = startManifest(job, base);
    if (!manifest) return std::move(manifest).error();
    manifest->architecture = architectureOf(job.networks).value_or(manifest->architecture);
    manifest->source = job.source;
    manifest->maker = fmt::format("gesture-train {}", GESTURE_VERSION);
    const fs::path folder = fmt::format("{}.new-{}", job.target.string(), ::getpid());
    std::error_code code;
    fs::create_directories(folder, code);
    if (code)
        return Error{ErrorCode::Io,
                     fmt::format("Cannot make '{}': {}.", folder.string(), code.message())};
    Status done = fillFolder(job, folder, *manifest, base, control);
    if (done) done = takePlace(folder, job.target);
    if (!done) {
        if (done.error().code() != ErrorCode::Io || fs::exists(job.target, code))
            fs::remove_all(folder, code);
        return std::move(done).error();
    }
    const auto roles = io::checkRoles(*manifest);
    return ExportedBundle{roles ? std::string{} : roles.error().message()};
}

} // namespace gesture::training
