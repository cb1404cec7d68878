// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Eigen/Core>

#include <cstdint>
#include <deque>
#include <span>
#include <vector>

namespace gesture::audio {

/// Second half of pYIN: the most probable path through pitch bins, voiced or not, by Viterbi's
/// algorithm with the transitions of librosa.pyin: a triangle of `reach` bins to both sides, and
/// 0.01 for a change between voiced and unvoiced.
///
/// Works on a stream: as soon as the best paths to all states share their past, that past is final
/// and is handed out, so that memory does not grow with the sound and the result is that of the
/// whole. Only where no past is shared for `kMostFrames` (silence: nothing tells the bins apart)
/// the best path so far is taken. One thread.
class PitchDecoder {
public:
    static constexpr std::size_t kMostFrames = 4096;

    struct BinProbability {
        int bin = 0;
        double probability = 0.0;
    };

    /// bins >= 2; 0 <= reach < bins / 2.
    PitchDecoder(int bins, int reach);

    /// One more frame: the probabilities of voiced bins (no bin twice; the rest is 0) and of being
    /// unvoiced at each bin. States that became final are appended to `states`: a bin when voiced,
    /// `bins` + a bin when not.
    void push(std::span<const BinProbability> voiced, double unvoicedEach,
              std::vector<int>& states);
    /// The rest of the states.
    void finish(std::vector<int>& states);

private:
    /// Log probability of the best path to each state; both parts lie between `reach_` values of
    /// minus infinity.
    struct Row {
        Eigen::ArrayXd voiced;
        Eigen::ArrayXd unvoiced;
        double best = 0.0;
        int bestState = 0;
    };

    [[nodiscard]] Row nextRow(const Row& before) const;
    [[nodiscard]] Eigen::ArrayXd bestArrivals(const Eigen::ArrayXd& values) const;
    void setBest(Row& row) const;
    [[nodiscard]] int predecessor(const Row& before, int state) const;
    void releaseSharedPast(std::vector<int>& states);
    /// Appends the path that ends in `state` at `rows_[last]` and drops its rows.
    void release(std::size_t last, int state, std::vector<int>& states);

    int bins_;
    int reach_;
    std::vector<Eigen::ArrayXd> logTransition_; ///< [distance](bin that is left), padded
    std::deque<Row> rows_;
    std::size_t nextTry_;
};

} // namespace gesture::audio
