// SPDX-License-Identifier: Apache-2.0
#include "core/interchange/gltf/glb_writer.h"

#include "core/base/atomic_file.h"
#include "core/interchange/file_names.h"
#include "core/interchange/gltf/glb_document.h"

#include <fmt/format.h>
#include <limits>
#include <utility>

namespace gesture::interchange {

Status writeGlb(const Scene& scene, const std::filesystem::path& path, const GlbOptions& options,
                JobControl& control) {
    if (Status sound = checkScene(scene); !sound) return sound;
    if (scene.joints.size() > std::numeric_limits<std::uint16_t>::max())
        return Error{ErrorCode::LimitExceeded,
                     fmt::format("'{}': glTF can hold 65535 joints, and '{}' has {}.",
                                 path.string(), scene.name, scene.joints.size())};
    auto file = AtomicFile::create(path);
    if (!file) return std::move(file).error();
    GlbBuffer buffer;
    std::string json = glbDocument(scene, options, buffer);
    control.beginStage("Writing glTF", static_cast<std::int64_t>(buffer.views().size()));
    if (Status written = buffer.write(*file, std::move(json), control); !written) return written;
    control.advanceTo(static_cast<std::int64_t>(buffer.views().size()));
    return file->commit();
}

} // namespace gesture::interchange
