// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/job.h"
#include "core/io/bundle/manifest.h"
#include "training/loop/stage.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace gesture::training {

/// How numbers of networks are stored.
enum class ExportPrecision {
    Float, ///< As they are.
    /// Matrices and kernels as whole numbers of 8 bits with one factor a row ("NAME.scale"); the
    /// rest as it is.
    Int8,
};

struct BundleExport {
    std::vector<ExportedNetwork> networks;
    ExportPrecision precision = ExportPrecision::Float;
    std::filesystem::path target;
    /// A bundle whose other networks and tables are taken over; empty: that at `target`, if any.
    std::filesystem::path base;
    std::string name;   ///< Of a new bundle.
    std::string source; ///< Where the weights come from, for the manifest.
};

struct ExportedBundle {
    /// Why generators cannot use the bundle yet (networks of other stages are missing); empty:
    /// they can.
    std::string lacks;
};

/// Writes networks as a bundle's folder. The folder comes into being whole; one that is replaced
/// stays until then. Io, InvalidInput (no bundle at `base`, a folder of something else at
/// `target`), Cancelled.
[[nodiscard]] Result<ExportedBundle> exportBundle(const BundleExport& job, JobControl& control);

/// Tensors as they are stored.
[[nodiscard]] Status writeNetwork(const std::filesystem::path& file,
                                  const std::vector<NamedTensor>& tensors,
                                  ExportPrecision precision);

} // namespace gesture::training
