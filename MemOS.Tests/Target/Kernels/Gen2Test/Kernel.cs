using System;
using System.Collections.Generic;
using System.Text;
using Cosmos.Common.Extensions;
using Cosmos.Core;
using Cosmos.Debug.Kernel;
using Cosmos.TestRunner;
using Sys = Cosmos.System;

namespace Gen2Test
{
    public class Kernel : Sys.Kernel
    {
        private int mRuns;

        protected override void OnBoot()
        {
            base.OnBoot();
            mDebugger.Send("OnBoot");
        }

        protected override void BeforeRun()
        {
            Console.WriteLine("Cosmos booted successfully. Starting tests now please wait...");
        }

        protected override void Run()
        {
            try
            {
                mDebugger.Send("Run");
                mRuns++;
                Assert.AreEqual(1, mRuns, "Run is called once so far");

                TestStrings();
                TestCollections();
                TestMemory();
                TestProcessor();

                TestController.Completed();
            }
            catch (Exception e)
            {
                mDebugger.Send("Exception occurred: " + e.Message);
                Console.WriteLine("Exception occurred");
                Console.WriteLine(e.Message);
                TestController.Failed();
            }
        }

        private void TestStrings()
        {
            string text = "Cosmos";
            Assert.AreEqual(6, text.Length, "String.Length works");
            Assert.IsTrue(text.Contains("smo"), "String.Contains works");
            Assert.IsFalse(text == "cosmos", "String comparison is by case");
            Assert.AreEqual("2A", ((byte)42).ToHex(), "ToHex of a byte gives two digits");
            Assert.AreEqual("0x002A", "0x" + 42.ToHex(), "ToHex of an int gives four digits");
            Assert.AreEqual("0000002A", 42u.ToHex(), "ToHex of a uint gives eight digits");
            Assert.AreEqual("00002A", 42u.ToHex(6), "ToHex takes a width");
            Assert.AreEqual("2A", 42ul.ToHex(false), "ToHex of a ulong can leave zeros out");

            var bytes = new byte[4];
            bytes.SetUInt16(1, 0x1234);
            Assert.AreEqual(0x34, bytes[1], "SetUInt16 writes the low byte first");
            Assert.AreEqual(0x12, bytes[2], "SetUInt16 writes the high byte next");

            var builder = new StringBuilder();
            builder.Append("a");
            builder.Append(1);
            Assert.AreEqual("a1", builder.ToString(), "StringBuilder works");
        }

        private void TestCollections()
        {
            var list = new List<string>();
            list.Add("one");
            list.Add("two");
            Assert.AreEqual(2, list.Count, "List.Count works");
            foreach (var item in list)
            {
                Assert.IsTrue(item.Length == 3, "foreach over a List works");
            }

            var dictionary = new Dictionary<string, int>();
            dictionary.Add("one", 1);
            Assert.IsTrue(dictionary.ContainsKey("one"), "Dictionary.ContainsKey works");
        }

        private unsafe void TestMemory()
        {
            byte* block = Cosmos.Core.Memory.Heap.Alloc(100);
            for (int i = 0; i < 100; i++)
            {
                block[i] = (byte)i;
            }
            Assert.AreEqual(99, block[99], "Heap.Alloc gives memory");
            Cosmos.Core.Memory.Heap.Free(block);

            var managed = new ManagedMemoryBlock(16);
            managed[15] = 7;
            Assert.AreEqual(7, managed[15], "ManagedMemoryBlock keeps bytes");

            int freed = Cosmos.Core.Memory.Heap.Collect();
            Assert.IsTrue(freed >= 0, "Heap.Collect says how many objects went");
            Assert.IsTrue(GCImplementation.GetAvailableRAM() > 0, "there is memory");
        }

        private void TestProcessor()
        {
            Assert.IsTrue(CPU.GetAmountOfRAM() >= 16, "CPU.GetAmountOfRAM is in megabytes");
            Assert.IsTrue(CPU.GetCPUVendorName().Length == 12, "CPU.GetCPUVendorName works");
            var debugger = new Debugger("User", "Test");
            debugger.Send("a message for the debugger");
            Assert.Succeed("The debugger took it");
        }
    }
}
