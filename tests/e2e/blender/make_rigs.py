# SPDX-License-Identifier: Apache-2.0
"""Two characters of other makes, for tests: Rigify's human (bones with axes of their own, 26 of the face)
and one with Mixamo's names in an A-pose. Boxes are their skin.

    blender -b --factory-startup -noaudio --python-exit-code 3 -P make_rigs.py -- FOLDER

writes rigify.fbx, mixamo.fbx and mixamo.glb."""
import math
import os
import sys

import numpy

numpy.bool = bool  # the glTF exporter of Blender 3.4 on NumPy >= 1.24

import addon_utils  # noqa: E402
import bpy  # noqa: E402
from mathutils import Matrix, Vector  # noqa: E402

folder = sys.argv[sys.argv.index("--") + 1]


def clear():
    bpy.ops.object.select_all(action="SELECT")
    bpy.ops.object.delete()


def skin(armature):
    """A box around each bone, which follows it alone."""
    vertices, faces, groups = [], [], []
    for bone in armature.data.bones:
        length = bone.length
        radius = min(0.25 * length, 0.06)
        first = len(vertices)
        for along in (0.05, 0.95):
            for x, z in ((-1, -1), (1, -1), (1, 1), (-1, 1)):
                vertices.append(bone.matrix_local @ Vector((x * radius, along * length, z * radius)))
        for face in ((0, 1, 2, 3), (7, 6, 5, 4), (0, 4, 5, 1), (1, 5, 6, 2), (2, 6, 7, 3), (3, 7, 4, 0)):
            faces.append([first + i for i in face])
        groups.append((bone.name, range(first, first + 8)))
    mesh = bpy.data.meshes.new("Skin")
    mesh.from_pydata(vertices, [], faces)
    mesh.update()
    body = bpy.data.objects.new("Body", mesh)
    bpy.context.collection.objects.link(body)
    for name, members in groups:
        body.vertex_groups.new(name=name).add(list(members), 1.0, "REPLACE")
    body.parent = armature
    body.modifiers.new("Armature", "ARMATURE").object = armature
    material = bpy.data.materials.new("Skin")
    material.diffuse_color = (0.8, 0.5, 0.3, 1)
    mesh.materials.append(material)


def export(name):
    bpy.ops.export_scene.fbx(filepath=os.path.join(folder, name + ".fbx"), add_leaf_bones=False,
                             bake_anim=False)


def rigify():
    addon_utils.enable("rigify")
    bpy.ops.object.armature_human_metarig_add()
    skin(bpy.context.object)
    export("rigify")


def mixamo():
    """Heads of the bones in metres, Blender's axes; the arms hang 40 degrees below the T-pose."""
    data = bpy.data.armatures.new("Armature")
    armature = bpy.data.objects.new("Armature", data)
    bpy.context.collection.objects.link(armature)
    bpy.context.view_layer.objects.active = armature
    bpy.ops.object.mode_set(mode="EDIT")
    made = {}

    def bone(name, parent, head, tail):
        new = data.edit_bones.new("mixamorig:" + name)
        new.head, new.tail = head, tail
        if parent:
            new.parent = made[parent]
        made[name] = new

    trunk = [("Hips", None, 0.98, 1.08), ("Spine", "Hips", 1.08, 1.2), ("Spine1", "Spine", 1.2, 1.32),
             ("Spine2", "Spine1", 1.32, 1.5), ("Neck", "Spine2", 1.5, 1.6), ("Head", "Neck", 1.6, 1.8)]
    for name, parent, low, high in trunk:
        bone(name, parent, (0, 0, low), (0, 0, high))
    for side, sign in (("Left", 1), ("Right", -1)):
        shoulder = Vector((sign * 0.18, 0, 1.46))
        down = Matrix.Rotation(sign * math.radians(40), 4, "Y")

        def arm(along, forward=0.0):
            return shoulder + down @ Vector((sign * along, -forward, 0))

        bone(side + "Shoulder", "Spine2", (sign * 0.04, 0, 1.46), shoulder)
        bone(side + "Arm", side + "Shoulder", arm(0), arm(0.28))
        bone(side + "ForeArm", side + "Arm", arm(0.28), arm(0.54))
        bone(side + "Hand", side + "ForeArm", arm(0.54), arm(0.64))
        for finger, forward in (("Index", 0.03), ("Middle", 0.01), ("Ring", -0.01), ("Pinky", -0.03)):
            for k in range(3):
                bone(f"{side}Hand{finger}{k + 1}", f"{side}Hand{finger}{k}" if k else side + "Hand",
                     arm(0.64 + 0.03 * k, forward), arm(0.67 + 0.03 * k, forward))
        for k in range(3):
            bone(f"{side}HandThumb{k + 1}", f"{side}HandThumb{k}" if k else side + "Hand",
                 arm(0.57 + 0.025 * k, 0.03 + 0.02 * k), arm(0.595 + 0.025 * k, 0.05 + 0.02 * k))
        bone(side + "UpLeg", "Hips", (sign * 0.11, 0, 0.94), (sign * 0.12, -0.01, 0.52))
        bone(side + "Leg", side + "UpLeg", (sign * 0.12, -0.01, 0.52), (sign * 0.13, 0.02, 0.1))
        bone(side + "Foot", side + "Leg", (sign * 0.13, 0.02, 0.1), (sign * 0.14, -0.1, 0.03))
        bone(side + "ToeBase", side + "Foot", (sign * 0.14, -0.1, 0.03), (sign * 0.14, -0.18, 0.03))
    bpy.ops.object.mode_set(mode="OBJECT")
    skin(armature)
    export("mixamo")
    bpy.ops.export_scene.gltf(filepath=os.path.join(folder, "mixamo.glb"), export_animations=False)


clear()
rigify()
clear()
mixamo()
