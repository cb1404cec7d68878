# SPDX-License-Identifier: Apache-2.0
"""Opens exported files in Blender and holds them against what they should show.

usage: blender -b --factory-startup -noaudio --python-exit-code 3 -P check.py -- EXPECTED.json …

Each expectation (tests/e2e/blender/blender_test.cpp writes them) names its file, the frame rate, the
number of frames, the bones, and for some frames the heads of bones and places of vertices (metres,
y up) and the values of shapes. Prints a line a file; raises at the first thing that is wrong.
"""
import builtins
import json
import math
import sys

import numpy

numpy.bool = bool  # the glTF importer of 3.4 on NumPy 1.24 and later

import bpy  # noqa: E402
import io_anim_bvh.import_bvh as bvh  # noqa: E402

bvh.open = lambda path, mode="r", **keywords: builtins.open(path, "r", **keywords)  # 'rU' left Python 3.11

HEAD_TOLERANCE = 0.0005
VERTEX_TOLERANCE = 0.001
WEIGHT_TOLERANCE = 1e-4


def need(condition, text):
    if not condition:
        raise AssertionError(text)


def ours(vector):
    """From z up to y up."""
    return (vector[0], vector[2], -vector[1])


def open_file(expected):
    bpy.ops.wm.read_factory_settings(use_empty=True)
    path = expected["file"]
    render = bpy.context.scene.render
    if path.endswith(".fbx"):
        bpy.ops.import_scene.fbx(filepath=path, automatic_bone_orientation=False)
    elif path.endswith(".bvh"):
        bpy.ops.import_anim.bvh(filepath=path, axis_forward="-Z", axis_up="Y", global_scale=0.01,
                                rotate_mode="NATIVE", update_scene_fps=True, update_scene_duration=True)
    else:
        render.fps = round(expected["fps"])  # glTF counts in seconds
        render.fps_base = round(expected["fps"]) / expected["fps"]
        bpy.ops.import_scene.gltf(filepath=path)
    rate = render.fps / render.fps_base
    need(abs(rate - expected["fps"]) < 0.01, f"{rate} frames a second, not {expected['fps']}")


def blender_frame(expected, frame):
    """Where in Blender a frame of the file lies; FBX begins at 1, glTF at 0, BVH counts frames."""
    if expected["file"].endswith(".bvh"):
        return 1.0 + frame
    seconds = frame / expected["fps"]
    start = 1.0 if expected["file"].endswith(".fbx") else 0.0
    return start + seconds * bpy.context.scene.render.fps


def check_range(expected):
    wanted = blender_frame(expected, expected["frames"] - 1)
    ends = [action.frame_range[1] for action in bpy.data.actions]
    need(ends, "there is no action")
    need(all(abs(end - wanted) < 0.01 or len(expected["samples"]) == 1 for end in ends),
         f"actions end at {ends}, not at {wanted}")


def armatures():
    return [o for o in bpy.data.objects if o.type == "ARMATURE"]


def check_bones(expected):
    bones = sorted(bone.name for armature in armatures() for bone in armature.data.bones)
    need(bones == sorted(expected["bones"]), f"bones are {bones}, not {sorted(expected['bones'])}")


def skinned_mesh():
    meshes = [o for o in bpy.data.objects if o.type == "MESH" and o.data.polygons]
    # Shown for bones by the glTF importer: not of the file.
    return [m for m in meshes if not m.name.startswith("Icosphere")]


def nearest_vertices(mesh, places):
    rest = numpy.array([ours(mesh.matrix_world @ v.co) for v in mesh.data.vertices])
    found = []
    for place in places:
        distances = numpy.linalg.norm(rest - numpy.array(place), axis=1)
        need(distances.min() < VERTEX_TOLERANCE, f"no vertex at {place} in the rest pose")
        found.append(int(distances.argmin()))
    return found


def check_vertices(mesh, indices, places, frame):
    evaluated = mesh.evaluated_get(bpy.context.evaluated_depsgraph_get())
    data = evaluated.to_mesh()
    worst = 0.0
    for index, place in zip(indices, places):
        point = ours(evaluated.matrix_world @ data.vertices[index].co)
        need(all(math.isfinite(c) for c in point), f"a vertex is not finite in frame {frame}")
        worst = max(worst, math.dist(point, place))
    need(worst < VERTEX_TOLERANCE, f"a vertex is {worst * 1000:.3f} mm off in frame {frame}")
    evaluated.to_mesh_clear()
    return worst


def check_sample(expected, sample, mesh, indices):
    at = blender_frame(expected, sample["frame"])
    bpy.context.scene.frame_set(math.floor(at), subframe=at - math.floor(at))
    heads = {b.name: ours(a.matrix_world @ b.head) for a in armatures() for b in a.pose.bones}
    worst = max(math.dist(heads[name], place) for name, place in sample["heads"].items())
    need(worst < HEAD_TOLERANCE, f"a joint is {worst * 1000:.3f} mm off in frame {sample['frame']}")
    if mesh is None:
        return worst, 0.0
    keys = mesh.data.shape_keys.key_blocks if mesh.data.shape_keys else {}
    for name, value in sample["weights"].items():
        need(name in keys, f"no shape '{name}'")
        need(abs(keys[name].value - value) < WEIGHT_TOLERANCE,
             f"shape '{name}' is {keys[name].value}, not {value}, in frame {sample['frame']}")
    return worst, check_vertices(mesh, indices, sample["vertices"], sample["frame"])


def check(expected):
    open_file(expected)
    check_bones(expected)
    check_range(expected)
    meshes = skinned_mesh()
    need(len(meshes) == (1 if expected["rest"] else 0), f"{len(meshes)} meshes")
    mesh = meshes[0] if meshes else None
    indices = nearest_vertices(mesh, expected["rest"]) if mesh else []
    worst = [check_sample(expected, sample, mesh, indices) for sample in expected["samples"]]
    print(f"checked {expected['file']}: joints {max(w[0] for w in worst) * 1000:.3f} mm, "
          f"vertices {max(w[1] for w in worst) * 1000:.3f} mm")


for argument in sys.argv[sys.argv.index("--") + 1:]:
    with builtins.open(argument, encoding="utf-8") as file:
        check(json.load(file))
