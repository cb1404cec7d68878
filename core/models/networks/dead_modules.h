// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/models/layers/scope.h"
#include "core/models/networks/generator_sizes.h"

namespace gesture::models {

// The originals construct modules that they never call, or whose results they throw away; their
// tensors are in the released files all the same. These functions ask for them as dead, so that a
// file's keys can be held against the network's in full.

/// The layers from which torch copies its stacks: `transformer_de_layer`,
/// `transformer_de_fu_layer`, `transformer_en_layer`.
void nameDeadTemplates(const Scope& scope, const GeneratorSizes& sizes);

/// `face_cons_mlp`, `hands_cons_mlp`.
void nameDeadConsistencyMaps(const Scope& scope, const GeneratorSizes& sizes);

/// SemTalk sparse: beat and emotion inputs that have no effect, and gates that are not asked.
void nameDeadSparseModules(const Scope& scope, const GeneratorSizes& sizes);

/// EchoMask: SemTalk's speech inputs and word hints, and the joint reducer.
void nameDeadEchoModules(const Scope& scope, const GeneratorSizes& sizes);

} // namespace gesture::models
