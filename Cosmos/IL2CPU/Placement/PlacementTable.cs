using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using IL2CPU.Elf;
using IL2CPU.Order;

namespace IL2CPU.Placement;

/// <summary>
/// What the boot code needs to put a kernel's functions into a random order and its parts at
/// random places: <c>Cosmos.Core/Boot/Placement/PlacementTable.cs</c> reads it.
/// </summary>
/// <remarks>
/// <para>32-bit words: how many pieces of code, relative references in code, in constants, in
/// data, and 64-bit addresses there are; then the start of each piece, counted from the first.
/// Then the places of each kind, in rising order, as the distance from the one before (the first
/// from the start of the part; addresses from that of the constants): a byte, or 255 and a 32-bit
/// word.</para>
/// <para>A relative reference is listed if what it leads to can move against it.</para>
/// </remarks>
internal sealed class PlacementTable
{
    private const byte Long = 0xFF;

    private readonly ElfFile _image;
    private readonly ElfSection _text;
    private readonly ImageParts _parts;
    private readonly IReadOnlyList<Piece> _pieces;
    private readonly Dictionary<ImagePart, SortedSet<ulong>> _references = new()
    {
        [ImagePart.Text] = [],
        [ImagePart.Constants] = [],
        [ImagePart.Data] = [],
    };

    private readonly SortedSet<ulong> _addresses = [];

    private PlacementTable(ElfFile image)
    {
        _image = image;
        _text = image.Sections.First(one => one.Name == ".text");
        _parts = new ImageParts(image);
        _pieces = CodePieces.Of(image, _text);
        ReadCode();
        foreach (ElfSection section in image.Sections.Where(one => one.IsAllocated))
            ReadRelocations(section);
    }

    /// <summary>Makes the table of a kernel that was linked with its relocations kept.</summary>
    /// <exception cref="InvalidDataException">
    /// Something refers to something else in a way that cannot be kept up.
    /// </exception>
    internal static byte[] Of(ElfFile image) => new PlacementTable(image).ToBytes();

    private void ReadCode()
    {
        foreach (Piece piece in _pieces)
        {
            foreach (CodeReference one in CodeReader.References(_text, piece)
                .Where(one => !piece.Contains(one.Target)))
                Add(ImagePart.Text, one.Field, one.Target);
        }
    }

    private void ReadRelocations(ElfSection section)
    {
        bool afterThreadData = false;
        foreach (ElfRelocation one in section.Relocations)
        {
            // The linker has made another instruction of the pair that finds thread data.
            bool isGone = afterThreadData || one.Kind == RelocationKind.ThreadData;
            afterThreadData = one.Kind == RelocationKind.ThreadData;
            ImagePart part = _parts.Of(one.Offset);
            // The unwind index leads to all of the frames; the boot code goes through it.
            if (isGone || part == ImagePart.None || section.Name == ".eh_frame")
                continue;
            switch (one.Kind)
            {
                case RelocationKind.Absolute64:
                    _addresses.Add(one.Offset);
                    break;
                case RelocationKind.ProgramCounter32 or RelocationKind.Procedure32:
                    AddRelative(part, one);
                    break;
                default:
                    throw new InvalidDataException(
                        $"The relocation at {one.Offset:x} is of type {(uint)one.Kind}.");
            }
        }
    }

    private void AddRelative(ImagePart part, ElfRelocation one)
    {
        ulong target = one.Symbol.Value + (ulong)one.Addend + sizeof(int);
        if (part != ImagePart.Text)
        {
            if (_parts.Of(target) is var other && (other != part || other == ImagePart.Text))
                Add(part, one.Offset, target);
        }
        else if (CodePieces.Find(_pieces, one.Offset) is not { } piece
            || (!piece.Contains(target) && !_references[part].Contains(one.Offset)))
        {
            throw new InvalidDataException(
                $"The relocation at {one.Offset:x} is no instruction's.");
        }
    }

    // The boot code has nothing but the field to know the target by.
    private void Add(ImagePart part, ulong field, ulong target)
    {
        ulong seen = field + sizeof(int) + (ulong)Read(field);
        if (_parts.Of(seen) is var other
            && (other == ImagePart.None || other != _parts.Of(target)
                || (other == ImagePart.Text
                    && CodePieces.Find(_pieces, seen) != CodePieces.Find(_pieces, target))))
        {
            throw new InvalidDataException(
                $"The reference at {field:x} leads to {target:x}, and seems to to {seen:x}.");
        }
        _references[part].Add(field);
    }

    private long Read(ulong address)
    {
        ElfSection section = _image.Sections.First(one => one.IsAllocated
            && address >= one.Address && address < one.Address + one.Size);
        return BinaryPrimitives.ReadInt32LittleEndian(
            section.Data.AsSpan((int)(address - section.Address)));
    }

    private byte[] ToBytes()
    {
        using MemoryStream bytes = new();
        BinaryWriter writer = new(bytes);
        writer.Write(_pieces.Count);
        writer.Write(_references[ImagePart.Text].Count);
        writer.Write(_references[ImagePart.Constants].Count);
        writer.Write(_references[ImagePart.Data].Count);
        writer.Write(_addresses.Count);
        foreach (Piece piece in _pieces)
            writer.Write((uint)(piece.Start - _parts.Text));
        WritePlaces(writer, _parts.Text, _references[ImagePart.Text]);
        WritePlaces(writer, _parts.Constants, _references[ImagePart.Constants]);
        WritePlaces(writer, _parts.Data, _references[ImagePart.Data]);
        WritePlaces(writer, _parts.Constants, _addresses);
        return bytes.ToArray();
    }

    private static void WritePlaces(BinaryWriter writer, ulong start, SortedSet<ulong> places)
    {
        foreach (ulong place in places)
        {
            ulong distance = place - start;
            if (distance < Long)
            {
                writer.Write((byte)distance);
            }
            else
            {
                writer.Write(Long);
                writer.Write((uint)distance);
            }
            start = place;
        }
    }
}
