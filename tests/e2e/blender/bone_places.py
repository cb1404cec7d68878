# SPDX-License-Identifier: Apache-2.0
"""Where Blender sees the bones of a file in some frames, as a line of JSON that begins with "places ".

    blender -b --factory-startup -noaudio --python-exit-code 3 -P bone_places.py -- FILE FRAME,FRAME [PICTURE.png]

Frames count from 0. Metres, y up, z to the front. With a picture the last of the frames is drawn."""
import json
import sys

import numpy

numpy.bool = bool  # the glTF importer of Blender 3.4 on NumPy >= 1.24

import bpy  # noqa: E402
from mathutils import Vector  # noqa: E402

arguments = sys.argv[sys.argv.index("--") + 1:]
file, frames = arguments[0], [int(frame) for frame in arguments[1].split(",")]

bpy.ops.object.select_all(action="SELECT")
bpy.ops.object.delete()
if file.endswith(".fbx"):
    bpy.ops.import_scene.fbx(filepath=file, automatic_bone_orientation=False)
else:
    bpy.context.scene.render.fps = 30
    bpy.ops.import_scene.gltf(filepath=file)
armature = next(o for o in bpy.context.scene.objects if o.type == "ARMATURE")
first = int(armature.animation_data.action.frame_range[0])
result = {}
for frame in frames:
    bpy.context.scene.frame_set(first + frame)
    places = {}
    for bone in armature.pose.bones:
        head = armature.matrix_world @ bone.head
        places[bone.name] = [head.x, head.z, -head.y]
    result[str(frame)] = places
print("places " + json.dumps(result))

if len(arguments) > 2:
    scene = bpy.context.scene
    scene.render.engine = "BLENDER_WORKBENCH"
    scene.render.resolution_x, scene.render.resolution_y = 500, 700
    camera = bpy.data.objects.new("Camera", bpy.data.cameras.new("Camera"))
    scene.collection.objects.link(camera)
    camera.location = Vector((0.6, -4.6, 1.3))
    camera.rotation_euler = (1.5, 0, 0.13)
    scene.camera = camera
    scene.render.filepath = arguments[2]
    bpy.ops.render.render(write_still=True)
