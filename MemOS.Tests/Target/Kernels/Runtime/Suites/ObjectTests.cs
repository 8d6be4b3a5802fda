using System;
using Cosmos.TestRunner;

namespace MemOS.Tests.Target.Runtime;

/// <summary>Classes, structs, boxing, casts, static constructors.</summary>
internal static class ObjectTests
{
    public static TestSuite Suite => new TestSuite("Objects")
        .Add(nameof(Fields_start_at_zero), Fields_start_at_zero)
        .Add(nameof(Constructors_run_base_first), Constructors_run_base_first)
        .Add(nameof(Virtual_calls_reach_the_derived_method), Virtual_calls_reach_the_derived_method)
        .Add(nameof(A_hidden_method_is_called_by_static_type),
            A_hidden_method_is_called_by_static_type)
        .Add(nameof(Structs_are_copied), Structs_are_copied)
        .Add(nameof(Boxing_copies_the_value), Boxing_copies_the_value)
        .Add(nameof(Unboxing_checks_the_type), Unboxing_checks_the_type)
        .Add(nameof(A_boxed_struct_can_change_through_its_interface),
            A_boxed_struct_can_change_through_its_interface)
        .Add(nameof(A_nullable_boxes_as_its_value), A_nullable_boxes_as_its_value)
        .Add(nameof(Casts_are_checked), Casts_are_checked)
        .Add(nameof(Array_stores_are_checked), Array_stores_are_checked)
        .Add(nameof(Types_have_names), Types_have_names)
        .Add(nameof(ToString_Equals_and_GetHashCode_are_virtual),
            ToString_Equals_and_GetHashCode_are_virtual)
        .Add(nameof(A_static_constructor_runs_once_and_first),
            A_static_constructor_runs_once_and_first)
        .Add(nameof(A_failing_static_constructor_fails_every_use),
            A_failing_static_constructor_fails_every_use)
        .Add(nameof(Properties_and_indexers_work), Properties_and_indexers_work)
        .Add(nameof(Operators_and_conversions_work), Operators_and_conversions_work)
        .Add(nameof(Ref_returns_and_out_parameters_work), Ref_returns_and_out_parameters_work);

    private static void Fields_start_at_zero()
    {
        Animal animal = Opaque.Value(new Animal());
        Assert.AreEqual(0, animal.Legs);
        Assert.IsNull(animal.Name);
    }

    private static void Constructors_run_base_first()
    {
        Dog dog = new("Rex");
        Assert.AreEqual("animal dog", dog.History);
        Assert.AreEqual("Rex", dog.Name);
    }

    private static void Virtual_calls_reach_the_derived_method()
    {
        Animal[] animals = [new Animal(), new Dog("Rex"), new Puppy("Rexlet")];
        string sounds = "";
        foreach (Animal animal in animals) sounds += animal.Sound() + " ";
        Assert.AreEqual("... woof woof! ", sounds);
    }

    private static void A_hidden_method_is_called_by_static_type()
    {
        Puppy puppy = Opaque.Value(new Puppy("Rexlet"));
        Assert.AreEqual("puppy", puppy.Kind());
        Assert.AreEqual("animal", ((Animal)puppy).Kind());
    }

    private static void Structs_are_copied()
    {
        Point first = new(1, 2);
        Point second = first;
        second.X = 5;
        Assert.AreEqual(1, first.X);
        Assert.AreEqual(5, second.X);
        Move(ref first);
        Assert.AreEqual(11, first.X);
    }

    private static void Boxing_copies_the_value()
    {
        Point point = new(1, 2);
        object boxed = Opaque.Value<object>(point);
        point.X = 9;
        Assert.AreEqual(1, ((Point)boxed).X);
        Assert.IsTrue(boxed.Equals(new Point(1, 2)), "fields are compared");
        Assert.IsFalse(boxed.Equals(point), "fields are compared");
        Assert.IsFalse(ReferenceEquals(boxed, Opaque.Value<object>((Point)boxed)), "boxed anew");
    }

    private static void Unboxing_checks_the_type()
    {
        object boxed = Opaque.Value<object>(42);
        Assert.AreEqual(42, (int)boxed);
        Assert.Throws<InvalidCastException>(() => _ = (long)boxed);
        Assert.Throws<NullReferenceException>(() => _ = (int)Opaque.Value<object?>(null)!);
    }

    private static void A_boxed_struct_can_change_through_its_interface()
    {
        ICounter counter = Opaque.Value<ICounter>(new Counter());
        counter.Increment();
        counter.Increment();
        Assert.AreEqual(2, counter.Count);
    }

    private static void A_nullable_boxes_as_its_value()
    {
        int? some = Opaque.Value<int?>(7);
        int? none = Opaque.Value<int?>(null);
        Assert.IsTrue((object?)some is int, "a nullable boxes as what it holds");
        Assert.IsNull((object?)none);
        Assert.AreEqual(7, some + 0 ?? -1);
        Assert.AreEqual(-1, none ?? -1);
        Assert.IsNull((object?)(some + none));
    }

    private static void Casts_are_checked()
    {
        object dog = Opaque.Value<object>(new Dog("Rex"));
        Assert.IsTrue(dog is Animal, "a dog is an animal");
        Assert.IsFalse(dog is Puppy, "this dog is no puppy");
        Assert.IsNull(dog as Puppy);
        Assert.IsTrue(((Animal)dog).Name == "Rex", "the same object");
        Assert.Throws<InvalidCastException>(() => _ = (Puppy)dog);
        Assert.Throws<InvalidCastException>(() => _ = (ICounter)dog);
    }

    private static void Array_stores_are_checked()
    {
        object[] strings = Opaque.Value<object[]>(new string[1]);
        strings[0] = "fits";
        Assert.Throws<ArrayTypeMismatchException>(() => strings[0] = new object());
        Assert.AreEqual("fits", (string)strings[0]);
    }

    private static void Types_have_names()
    {
        Assert.AreEqual("Dog", Opaque.Value<Animal>(new Dog("Rex")).GetType().Name);
        Assert.AreEqual("Int32", Opaque.Value<object>(1).GetType().Name);
        Assert.AreEqual("String", "".GetType().Name);
        Assert.AreEqual("Byte[]", Opaque.Value<object>(new byte[1]).GetType().Name);
        Assert.IsTrue(new Dog("a").GetType() == typeof(Dog), "one object for each type");
        Assert.IsTrue(typeof(Dog).BaseType == typeof(Animal), "its base");
    }

    private static void ToString_Equals_and_GetHashCode_are_virtual()
    {
        object first = Opaque.Value<object>(new Dog("Rex"));
        object second = Opaque.Value<object>(new Dog("Rex"));
        Assert.AreEqual("the dog Rex", first.ToString());
        Assert.IsTrue(first.Equals(second), "by name");
        Assert.AreEqual(first.GetHashCode(), second.GetHashCode());
        object plain = new();
        Assert.IsFalse(plain.Equals(new object()), "by identity");
        Assert.AreEqual(plain.GetHashCode(), plain.GetHashCode());
    }

    private static void A_static_constructor_runs_once_and_first()
    {
        Assert.AreEqual(0, Log.Runs);
        Assert.AreEqual(41, Lazy.Value);
        Lazy.Value++;
        Assert.AreEqual(42, Lazy.Value);
        Assert.AreEqual(1, Log.Runs);
    }

    private static void A_failing_static_constructor_fails_every_use()
    {
        for (int attempt = 0; attempt < 2; attempt++)
        {
            Exception failure = Assert.Throws<TypeInitializationException>(
                () => _ = Broken.Value);
            Assert.IsTrue(failure.InnerException is NotSupportedException, "the reason");
        }
    }

    private static void Properties_and_indexers_work()
    {
        Grid grid = new() { Title = "g" };
        grid[1, 2] = 5;
        grid[1, 2] += 3;
        Assert.AreEqual(8, grid[1, 2]);
        Assert.AreEqual("g", grid.Title);
    }

    private static void Operators_and_conversions_work()
    {
        Point sum = new Point(1, 2) + new Point(10, 20);
        Assert.AreEqual(11, sum.X);
        Assert.AreEqual(33, (int)sum);
    }

    private static void Ref_returns_and_out_parameters_work()
    {
        int[] numbers = [1, 2, 3];
        Largest(numbers) = 30;
        Assert.AreEqual(30, numbers[2]);
        Assert.IsTrue(TryHalve(10, out int half), "even");
        Assert.AreEqual(5, half);
        (numbers[0], numbers[1]) = (numbers[1], numbers[0]);
        Assert.AreEqual(2, numbers[0]);
    }

    private static void Move(ref Point point) => point.X += 10;

    private static ref int Largest(int[] numbers)
    {
        ref int largest = ref numbers[0];
        for (int i = 1; i < numbers.Length; i++)
        {
            if (numbers[i] > largest) largest = ref numbers[i];
        }

        return ref largest;
    }

    private static bool TryHalve(int number, out int half)
    {
        half = number / 2;
        return number % 2 == 0;
    }

    private interface ICounter
    {
        int Count { get; }

        void Increment();
    }

    private struct Counter : ICounter
    {
        public int Count { get; private set; }

        public void Increment() => Count++;
    }

    private struct Point(int x, int y)
    {
        public int X = x;
        public int Y = y;

        public static Point operator +(Point left, Point right) =>
            new(left.X + right.X, left.Y + right.Y);

        public static explicit operator int(Point point) => point.X + point.Y;
    }

    private class Animal
    {
        public Animal() => History = "animal";

        public string? Name { get; protected init; }

        public int Legs { get; set; }

        public string History { get; protected set; }

        public virtual string Sound() => "...";

        public string Kind() => "animal";
    }

    private class Dog : Animal
    {
        public Dog(string name)
        {
            Name = name;
            History += " dog";
        }

        public override string Sound() => "woof";

        public override string ToString() => "the dog " + Name;

        public override bool Equals(object? other) => other is Dog dog && dog.Name == Name;

        public override int GetHashCode() => Name!.Length;
    }

    private sealed class Puppy(string name) : Dog(name)
    {
        public override string Sound() => base.Sound() + "!";

        public new string Kind() => "puppy";
    }

    private sealed class Grid
    {
        private readonly int[] _cells = new int[16];

        public required string Title { get; init; }

        public int this[int x, int y]
        {
            get => _cells[y * 4 + x];
            set => _cells[y * 4 + x] = value;
        }
    }

    private static class Log
    {
        public static int Runs;
    }

    private static class Lazy
    {
        public static int Value;

        static Lazy()
        {
            Log.Runs++;
            Value = 41;
        }
    }

    private static class Broken
    {
        public static readonly int Value = Fail();

        static Broken()
        {
        }

        private static int Fail() => throw new NotSupportedException();
    }
}
