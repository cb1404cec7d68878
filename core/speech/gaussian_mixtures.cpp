// SPDX-License-Identifier: Apache-2.0
#include "core/speech/gaussian_mixtures.h"

#include "core/base/atomic_file.h"
#include "core/speech/byte_cursor.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <limits>
#include <string>

namespace gesture::speech {

namespace {

constexpr std::size_t kMaxFileBytes = 256U << 20;
constexpr std::uint32_t kByteOrder = 0x11223344;
constexpr float kVarianceFloor = 1e-4F; // as the model was trained
/// Densities further below the best one than this do not move a senone's score.
constexpr float kNegligible = 14.0F;
/// One step of a stored weight: 1024 times the natural log of the base 1.0001.
const float kWeightStep = 1024.0F * std::log(1.0001F);

Error damaged(const std::filesystem::path& path) {
    return {ErrorCode::InvalidInput,
            fmt::format("'{}' is no part of a speech model that this program reads: install the "
                        "package pocketsphinx-en-us again.",
                        path.string())};
}

/// A "means" or "variances" file.
struct DensityFile {
    std::int32_t codebooks = 0;
    std::int32_t densities = 0;
    std::vector<float> values; ///< (codebook, stream, density, dimension)
};

Result<DensityFile> readDensityFile(const std::filesystem::path& path) {
    const auto text = readTextFile(path, kMaxFileBytes);
    if (!text) return Error(text.error());
    constexpr std::string_view kEndOfHeader = "endhdr\n";
    const std::size_t header = text->find(kEndOfHeader);
    if (text->rfind("s3\n", 0) != 0 || header == std::string::npos) return damaged(path);
    ByteCursor cursor(std::string_view(*text).substr(header + kEndOfHeader.size()));
    if (cursor.value<std::uint32_t>() != kByteOrder) return damaged(path);
    std::array<std::int32_t, 7> sizes{};
    if (!cursor.fill(std::span(sizes))) return damaged(path);
    const auto [codebooks, streams, densities, width0, width1, width2, total] = sizes;
    const bool known = codebooks > 0 && codebooks < 256 && streams == kStreams && densities > 0 &&
                       densities <= 4096 && width0 == kStreamWidth && width1 == kStreamWidth &&
                       width2 == kStreamWidth;
    if (!known || total != codebooks * densities * kStreams * kStreamWidth ||
        static_cast<std::size_t>(total) > cursor.left() / sizeof(float))
        return damaged(path);
    DensityFile file{codebooks, densities, std::vector<float>(static_cast<std::size_t>(total))};
    if (!cursor.fill(std::span(file.values)) ||
        !std::all_of(file.values.begin(), file.values.end(),
                     [](float value) { return std::isfinite(value); }))
        return damaged(path);
    return file;
}

} // namespace

Result<GaussianMixtures> GaussianMixtures::read(const std::filesystem::path& folder,
                                                const ModelDefinition& definition) {
    GaussianMixtures mixtures;
    mixtures.senones_ = definition.senoneCount();
    if (auto read = mixtures.readDensities(folder); !read) return std::move(read).error();
    if (mixtures.codebooks_ != definition.phoneCount()) return damaged(folder / "means");
    if (auto read = mixtures.readWeights(folder / "sendump"); !read) return std::move(read).error();
    for (int senone = 0; senone < mixtures.senones_; ++senone)
        mixtures.codebookOfSenone_.push_back(std::max(0, definition.phoneOfSenone(senone)));
    return mixtures;
}

Status GaussianMixtures::readDensities(const std::filesystem::path& folder) {
    const auto means = readDensityFile(folder / "means");
    if (!means) return Error(means.error());
    const auto variances = readDensityFile(folder / "variances");
    if (!variances) return Error(variances.error());
    if (variances->codebooks != means->codebooks || variances->densities != means->densities)
        return damaged(folder / "variances");
    codebooks_ = means->codebooks;
    densities_ = means->densities;
    means_.resize(means->values.size());
    halfPrecisions_.resize(means->values.size());
    const auto sets = static_cast<std::size_t>(codebooks_) * kStreams;
    const auto densities = static_cast<std::size_t>(densities_);
    factors_.assign(sets * densities, 0.0F);
    constexpr double kLogTwoPi = 1.8378770664093453;
    for (std::size_t set = 0; set < sets; ++set)
        for (std::size_t density = 0; density < densities; ++density) {
            double factor = 0;
            for (std::size_t i = 0; i < kStreamWidth; ++i) {
                const std::size_t from = (set * densities + density) * kStreamWidth + i;
                const std::size_t to = (set * kStreamWidth + i) * densities + density;
                const float variance = std::max(variances->values[from], kVarianceFloor);
                means_[to] = means->values[from];
                halfPrecisions_[to] = 0.5F / variance;
                factor -= 0.5 * (kLogTwoPi + std::log(variance));
            }
            factors_[set * densities + density] = static_cast<float>(factor);
        }
    return Status::success();
}

Status GaussianMixtures::readWeights(const std::filesystem::path& path) {
    const auto file = readTextFile(path, kMaxFileBytes);
    if (!file) return Error(file.error());
    ByteCursor cursor(*file);
    // Texts with their lengths in front, ended by an empty one.
    for (;;) {
        const auto length = cursor.value<std::int32_t>();
        if (!length || *length < 0) return damaged(path);
        if (*length == 0) break;
        const auto line = cursor.take(static_cast<std::size_t>(*length));
        const bool clustered = line && line->rfind("cluster_count ", 0) == 0 &&
                               line->substr(0, 15) != "cluster_count 0";
        if (!line || clustered) return damaged(path);
    }
    const auto rows = cursor.value<std::int32_t>();
    const auto columns = cursor.value<std::int32_t>();
    if (rows != densities_ || !columns || *columns < senones_) return damaged(path);
    const auto densities = static_cast<std::size_t>(densities_);
    const auto senones = static_cast<std::size_t>(senones_);
    weights_.resize(senones * kStreams * densities);
    for (std::size_t stream = 0; stream < kStreams; ++stream)
        for (std::size_t density = 0; density < densities; ++density) {
            const auto row = cursor.take(static_cast<std::size_t>(*columns));
            if (!row) return damaged(path);
            for (std::size_t senone = 0; senone < senones; ++senone)
                weights_[(senone * kStreams + stream) * densities + density] =
                    static_cast<std::uint8_t>((*row)[senone]);
        }
    for (std::size_t i = 0; i < weightOf_.size(); ++i)
        weightOf_[i] = std::exp(-kWeightStep * static_cast<float>(i));
    return Status::success();
}

FrameScorer::FrameScorer(const GaussianMixtures& mixtures)
    : mixtures_(mixtures)
    , logDensities_(static_cast<std::size_t>(mixtures.densities_))
    , components_(static_cast<std::size_t>(mixtures.codebooks_) * kStreams)
    , best_(components_.size())
    , evaluatedIn_(static_cast<std::size_t>(mixtures.codebooks_), 0)
    , scores_(static_cast<std::size_t>(mixtures.senones_))
    , scoredIn_(scores_.size(), 0) {}

void FrameScorer::setFrame(const FrameFeatures& features) {
    ++stamp_;
    features_ = features;
}

void FrameScorer::evaluate(std::size_t codebook) {
    evaluatedIn_[codebook] = stamp_;
    const std::size_t densities = logDensities_.size();
    for (std::size_t stream = 0; stream < kStreams; ++stream) {
        const std::size_t set = codebook * kStreams + stream;
        float* const out = logDensities_.data();
        std::copy_n(mixtures_.factors_.data() + set * densities, densities, out);
        for (std::size_t i = 0; i < kStreamWidth; ++i) {
            const float value = features_[stream * kStreamWidth + i];
            const float* const mean = &mixtures_.means_[(set * kStreamWidth + i) * densities];
            const float* const weight =
                &mixtures_.halfPrecisions_[(set * kStreamWidth + i) * densities];
            for (std::size_t d = 0; d < densities; ++d) {
                const float distance = value - mean[d];
                out[d] -= distance * distance * weight[d];
            }
        }
        const float best = *std::max_element(out, out + densities);
        best_[set] = best;
        auto& kept = components_[set];
        kept.clear();
        for (std::size_t d = 0; d < densities; ++d)
            if (out[d] > best - kNegligible)
                kept.push_back({static_cast<int>(d), std::exp(out[d] - best)});
    }
}

float FrameScorer::score(int senone) {
    const auto index = static_cast<std::size_t>(senone);
    if (scoredIn_[index] == stamp_) return scores_[index];
    scoredIn_[index] = stamp_;
    const std::size_t densities = logDensities_.size();
    const auto codebook = static_cast<std::size_t>(mixtures_.codebookOfSenone_[index]);
    if (evaluatedIn_[codebook] != stamp_) evaluate(codebook);
    float total = 0;
    for (std::size_t stream = 0; stream < kStreams; ++stream) {
        const std::size_t set = codebook * kStreams + stream;
        const std::uint8_t* const weights =
            &mixtures_.weights_[(index * kStreams + stream) * densities];
        float sum = 0;
        for (const Component& component : components_[set])
            sum += component.likelihood * mixtures_.weightOf_[weights[component.density]];
        total += best_[set] + std::log(std::max(sum, std::numeric_limits<float>::min()));
    }
    scores_[index] = total;
    return total;
}

} // namespace gesture::speech
