// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/services/bundle_list.h"
#include "core/base/result.h"
#include "core/inference/generation.h"
#include "core/inference/results.h"
#include "core/motion/clip.h"
#include "core/project/project_state.h"

#include <memory>
#include <string>
#include <variant>

namespace gesture::app {

/// What the engine is asked for, with what its answer becomes. Value type.
struct EngineRequest {
    enum class Kind { Generate, Edit, Analyse };

    std::variant<inference::GenerateRequest, inference::EditRequest, inference::AnalyseRequest>
        request;
    BundleChoice bundle;
    project::ItemId parent;                     ///< Of an edit: the take.
    project::ContentHash motion;                ///< That is edited or analysed.
    std::shared_ptr<const motion::Clip> source; ///< The same; null for a new take.
    enum class Becomes { NewTake, SameTake } becomes = Becomes::NewTake;

    [[nodiscard]] Kind kind() const { return static_cast<Kind>(request.index()); }
};

/// What requests are made of; references must outlive the call.
struct RequestContext {
    const project::ProjectState& state;
    const BundleChoice* bundle; ///< Null: none.
    const project::Take* takeA; ///< Null: none.
    std::shared_ptr<const motion::Clip> clipA;
};

// The requests that a project's state stands for. Unavailable without a bundle, InvalidInput when
// there is no sound, no take or no mask; the sentence says what to do.

/// `number` counts takes of one command from 0: each has a seed of its own.
[[nodiscard]] Result<EngineRequest> generateRequest(const RequestContext& context, int number);
[[nodiscard]] Result<EngineRequest> editRequest(const RequestContext& context, int number);
[[nodiscard]] Result<EngineRequest> analyseRequest(const RequestContext& context);

/// "Take 4", or "Take 3.2" for the second edit of take 3.
[[nodiscard]] std::string nextTakeName(const project::ProjectState& state,
                                       const project::Take* parent);

/// The take that an answer becomes: recipe, provenance, edited ranges, name; an id where it takes
/// the place of one. Its motion is not set.
[[nodiscard]] project::Take takeOf(const project::ProjectState& state, const EngineRequest& request,
                                   const inference::RequestSummary& summary);

} // namespace gesture::app
