// SPDX-License-Identifier: Apache-2.0
#include "core/speech/beam_search.h"

#include <algorithm>
#include <array>
#include <functional>

namespace gesture::speech {

namespace {

constexpr float kImpossible = -1e30F;

/// A unit that a way entered at a frame; ways share their past.
struct Step {
    std::int32_t previous = -1;
    std::int32_t unit = 0;
    std::int64_t frame = 0;
};

/// The best way that is in some state, and the step with which it entered the unit.
struct Way {
    double score = kImpossible;
    std::int32_t step = -1;

    [[nodiscard]] Way plus(double cost) const { return {score + cost, step}; }
};

const Way& better(const Way& a, const Way& b) { return b.score > a.score ? b : a; }

class Search {
public:
    Search(const AcousticModel& model, const AlignmentGraph& graph, const Cepstra& cepstra,
           const BeamSearchOptions& options)
        : model_(model)
        , graph_(graph)
        , cepstra_(cepstra)
        , options_(options)
        , scorer_(model.mixtures())
        , states_(graph.units().size())
        , entries_(graph.units().size())
        , junctions_(static_cast<std::size_t>(graph.lastJunction()) + 1)
        , listed_(graph.units().size(), false)
        , threshold_(-options.beam) {}

    Result<Alignment> run(JobControl& control) {
        const std::int64_t frames = options_.end - options_.begin;
        control.beginStage("Aligning", frames);
        enterJunction(0, Way{0.0, -1});
        leaveJunctions();
        for (std::int64_t frame = options_.begin; frame < options_.end; ++frame) {
            if (control.stopRequested()) return JobControl::cancelled("Aligning");
            advance(frame);
            if (steps_.size() > stepLimit_) dropDeadSteps();
            control.advanceTo(frame + 1 - options_.begin);
        }
        return result();
    }

private:
    using States = std::array<Way, 3>;

    static std::size_t at(std::int32_t index) { return static_cast<std::size_t>(index); }

    /// The likelihood of the phone that fits the frame best.
    float bestPhone() {
        float best = kImpossible;
        const ModelDefinition& definition = model_.definition();
        for (PhoneId phone = 0; phone < definition.phoneCount(); ++phone)
            for (const std::uint16_t senone : definition.plain(phone))
                best = std::max(best, scorer_.score(senone));
        return best;
    }

    void advance(std::int64_t frame) {
        scorer_.setFrame(cepstra_.features(frame));
        const float phone = bestPhone();
        bestPhones_.push_back(phone);
        collectActive();
        double best = kImpossible;
        for (const std::int32_t unit : active_) {
            updateUnit(unit, frame, phone);
            for (const Way& way : states_[at(unit)])
                best = std::max(best, way.score);
        }
        threshold_ = best - options_.beam;
        prune();
        for (const std::int32_t unit : active_)
            leaveUnit(unit);
        leaveJunctions();
    }

    /// Units with a way in them, and units that a way enters now.
    void collectActive() {
        for (const std::int32_t unit : active_)
            listed_[at(unit)] = true;
        for (const std::int32_t unit : entered_)
            if (!listed_[at(unit)]) active_.push_back(unit);
        for (const std::int32_t unit : active_)
            listed_[at(unit)] = false;
        entered_.clear();
    }

    void updateUnit(std::int32_t index, std::int64_t frame, float bestPhone) {
        const Unit& unit = graph_.units()[at(index)];
        States& state = states_[at(index)];
        Way entry = entries_[at(index)];
        entries_[at(index)] = {};
        const auto step = [&](const Way& stay) {
            if (entry.score == kImpossible || entry.score <= stay.score) return stay;
            steps_.push_back({entry.step, index, frame});
            return Way{entry.score, static_cast<std::int32_t>(steps_.size()) - 1};
        };
        if (unit.kind == UnitKind::Unknown) {
            state[0] = step(state[0]).plus(bestPhone - options_.costs.unknownFrame);
            return;
        }
        const TransitionLogs& go = model_.transitions(unit.phone);
        const auto heard = [&](std::size_t i) {
            return std::max(scorer_.score(unit.joined[i]), scorer_.score(unit.apart[i]));
        };
        const auto stay = [&](std::size_t i) {
            const bool held = unit.kind == UnitKind::Phone && state[i].step >= 0 &&
                              frame - steps_[at(state[i].step)].frame > options_.costs.longPhone;
            return state[i].plus(go[i][i] - (held ? options_.costs.heldFrame : 0.0F));
        };
        const Way third = better(better(stay(2), state[1].plus(go[1][2])), state[0].plus(go[0][2]));
        const Way second = better(stay(1), state[0].plus(go[0][1]));
        const Way first = step(stay(0));
        state = {first.plus(heard(0)), second.plus(heard(1)), third.plus(heard(2))};
    }

    void prune() {
        std::erase_if(active_, [&](std::int32_t unit) {
            States& state = states_[at(unit)];
            for (Way& way : state)
                if (way.score < threshold_) way = {};
            return std::all_of(state.begin(), state.end(),
                               [](const Way& way) { return way.step < 0; });
        });
    }

    void leaveUnit(std::int32_t index) {
        const Unit& unit = graph_.units()[at(index)];
        const States& state = states_[at(index)];
        const TransitionLogs& go = model_.transitions(unit.phone);
        const Way way = unit.kind == UnitKind::Unknown
                            ? state[0]
                            : better(state[2].plus(go[2][3]), state[1].plus(go[1][3]));
        if (way.score < threshold_) return;
        if (unit.junction < 0)
            enterUnit(index + 1, way);
        else
            enterJunction(unit.junction, way);
    }

    void enterUnit(std::int32_t unit, const Way& way) {
        Way& entry = entries_[at(unit)];
        if (way.score <= entry.score) return;
        if (entry.score == kImpossible) entered_.push_back(unit);
        entry = way;
    }

    void enterJunction(std::int32_t junction, const Way& way) {
        Way& best = junctions_[at(junction)];
        if (way.score <= best.score) return;
        if (best.score == kImpossible) {
            reached_.push_back(junction);
            std::push_heap(reached_.begin(), reached_.end(), std::greater<>());
        }
        best = way;
    }

    /// Goes on from the junctions that were reached, earlier ones first: words may be passed over.
    void leaveJunctions() {
        while (!reached_.empty()) {
            std::pop_heap(reached_.begin(), reached_.end(), std::greater<>());
            const std::int32_t junction = reached_.back();
            reached_.pop_back();
            const Way way = junctions_[at(junction)];
            junctions_[at(junction)] = {};
            if (junction == graph_.lastJunction()) arrived_ = way;
            for (const std::int32_t unit : graph_.entries(junction))
                enterUnit(unit, way.plus(-costOf(graph_.units()[at(unit)])));
            const Way skipped = way.plus(-options_.costs.skippedWord);
            if (junction < graph_.lastJunction() && skipped.score >= threshold_)
                enterJunction(junction + 1, skipped);
        }
    }

    [[nodiscard]] float costOf(const Unit& unit) const {
        switch (unit.kind) {
        case UnitKind::Phone:
            return 0;
        case UnitKind::Silence:
            return unit.phone == model_.definition().silence() ? options_.costs.pause
                                                               : options_.costs.noise;
        case UnitKind::Unknown:
            return options_.costs.unknown;
        }
        return 0;
    }

    /// Forgets the steps that no living way has in its past.
    void dropDeadSteps() {
        std::vector<std::int32_t> moved(steps_.size(), -1);
        const auto keep = [&](const Way& way) {
            if (way.step >= 0) moved[at(way.step)] = 0;
        };
        const auto forEachWay = [&](const auto& visit) {
            for (const std::int32_t unit : active_)
                for (Way& way : states_[at(unit)])
                    visit(way);
            for (const std::int32_t unit : entered_)
                visit(entries_[at(unit)]);
        };
        forEachWay(keep);
        for (std::size_t i = steps_.size(); i-- > 0;)
            if (moved[i] >= 0 && steps_[i].previous >= 0) moved[at(steps_[i].previous)] = 0;
        std::int32_t kept = 0;
        for (std::size_t i = 0; i < steps_.size(); ++i) {
            if (moved[i] < 0) continue;
            Step step = steps_[i];
            if (step.previous >= 0) step.previous = moved[at(step.previous)];
            moved[i] = kept;
            steps_[at(kept++)] = step;
        }
        steps_.resize(at(kept));
        forEachWay([&](Way& way) {
            if (way.step >= 0) way.step = moved[at(way.step)];
        });
        constexpr std::size_t kRoom = 1U << 18;
        stepLimit_ = steps_.size() * 2 + kRoom;
    }

    Alignment result() {
        Alignment alignment;
        alignment.bestPhone = std::move(bestPhones_);
        Way last = arrived_;
        alignment.complete = last.step >= 0 && lastStepEndsText();
        if (!alignment.complete) {
            last = {};
            for (const std::int32_t unit : active_)
                for (const Way& way : states_[at(unit)])
                    last = better(last, way);
        }
        std::int64_t end = options_.end;
        for (std::int32_t step = last.step; step >= 0; step = steps_[at(step)].previous) {
            alignment.segments.push_back({steps_[at(step)].unit, steps_[at(step)].frame, end});
            end = steps_[at(step)].frame;
        }
        std::reverse(alignment.segments.begin(), alignment.segments.end());
        return alignment;
    }

    /// `arrived_` is of the last frame when the entries that it made are still waiting.
    [[nodiscard]] bool lastStepEndsText() const {
        const auto entries = graph_.entries(graph_.lastJunction());
        return std::any_of(entries.begin(), entries.end(), [&](std::int32_t unit) {
            return entries_[at(unit)].score > kImpossible;
        });
    }

    const AcousticModel& model_;
    const AlignmentGraph& graph_;
    const Cepstra& cepstra_;
    const BeamSearchOptions& options_;
    FrameScorer scorer_;
    std::vector<States> states_;       ///< By unit.
    std::vector<Way> entries_;         ///< By unit: the way that enters it in the next frame.
    std::vector<Way> junctions_;       ///< Empty but for those in `reached_`.
    std::vector<bool> listed_;         ///< Scratch of collectActive.
    std::vector<std::int32_t> active_; ///< Units with a living way.
    std::vector<std::int32_t> entered_;
    std::vector<std::int32_t> reached_; ///< Heap, smallest first.
    std::vector<Step> steps_;
    std::vector<float> bestPhones_;
    std::size_t stepLimit_ = 1U << 18;
    double threshold_;
    Way arrived_;
};

} // namespace

Result<Alignment> searchAlignment(const AcousticModel& model, const AlignmentGraph& graph,
                                  const Cepstra& cepstra, const BeamSearchOptions& options,
                                  JobControl& control) {
    return Search(model, graph, cepstra, options).run(control);
}

} // namespace gesture::speech
