// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/speech/model_definition.h"

#include <array>
#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

namespace gesture::speech {

/// Values of one frame that the model hears: 13 cepstra, their change, and the change of that.
inline constexpr int kStreams = 3;
inline constexpr int kStreamWidth = 13;
using FrameFeatures = std::array<float, kStreams * kStreamWidth>;

/// The sounds of a phonetically tied Sphinx model: a set of normal densities per base phone, and
/// per senone the weights with which it mixes them. Immutable after reading; any thread.
class GaussianMixtures {
public:
    /// Reads means, variances and sendump of an acoustic model. NotFound, Io, or InvalidInput when
    /// they do not fit `definition`.
    [[nodiscard]] static Result<GaussianMixtures> read(const std::filesystem::path& folder,
                                                       const ModelDefinition& definition);

private:
    friend class FrameScorer;

    [[nodiscard]] Status readDensities(const std::filesystem::path& folder);
    [[nodiscard]] Status readWeights(const std::filesystem::path& file);

    int codebooks_ = 0;
    int densities_ = 0; ///< Per codebook and stream.
    int senones_ = 0;
    /// (codebook, stream, dimension, density)
    std::vector<float> means_;
    std::vector<float> halfPrecisions_;
    /// (codebook, stream, density): log of the density's factor in front.
    std::vector<float> factors_;
    /// (senone, stream, density): minus the log of the weight in steps of the file.
    std::vector<std::uint8_t> weights_;
    std::vector<int> codebookOfSenone_;
    std::array<float, 256> weightOf_{};
};

/// Log likelihoods (natural) of the senones in one frame after the other. Keeps a reference to the
/// mixtures. One thread.
class FrameScorer {
public:
    explicit FrameScorer(const GaussianMixtures& mixtures);

    /// Makes `features` the frame that `score` speaks of.
    void setFrame(const FrameFeatures& features);
    [[nodiscard]] float score(int senone);

private:
    struct Component {
        int density = 0;
        float likelihood = 0; ///< Relative to the best of the codebook's stream.
    };
    void evaluate(std::size_t codebook);

    const GaussianMixtures& mixtures_;
    FrameFeatures features_{};
    std::vector<float> logDensities_; ///< Of one codebook and stream.
    /// (codebook, stream): the densities that matter, and the best one's log.
    std::vector<std::vector<Component>> components_;
    std::vector<float> best_;
    std::vector<std::int64_t> evaluatedIn_; ///< Frame stamp of each codebook.
    std::vector<float> scores_;
    std::vector<std::int64_t> scoredIn_; ///< Frame stamp of each score.
    std::int64_t stamp_ = 0;
};

} // namespace gesture::speech
