// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/io/analysis_files.h"

#include <string>

namespace gesture::io {

// The texts among an analysis's files. Points are decimal whatever the locale.

/// "frame,seconds,upper,…": a row a frame.
[[nodiscard]] std::string importanceCsv(const AnalysisFiles& files);
/// "token,begin_seconds,end_seconds,first_frame,score,motion": a row a token.
[[nodiscard]] std::string semanticCsv(const AnalysisFiles& files);
/// The axes of attention.npz, words and provenance.
[[nodiscard]] std::string attentionJson(const AnalysisFiles& files);

} // namespace gesture::io
